let count = 0;
const interval = setInterval(() => {
  console.log("interval", ++count);
  if (count < 3) return;
  clearInterval(interval);
  const refreshed = setTimeout(() => console.log("refreshed fires once"), 20);
  refreshed.refresh();
}, 2);
clearTimeout(setTimeout(() => console.log("never"), 1));
clearImmediate(setImmediate(() => console.log("never")));
const byNumber = setTimeout(() => console.log("never"), 1);
clearTimeout(+byNumber);
clearTimeout(undefined);
clearTimeout("nothing");
console.log(interval.hasRef(), interval.unref().hasRef(), interval.ref().hasRef(), typeof interval[Symbol.dispose]);
