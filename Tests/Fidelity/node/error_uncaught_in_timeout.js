setTimeout(function callback() {
  null.property;
}, 2);
setTimeout(() => console.log("never"), 1000);
