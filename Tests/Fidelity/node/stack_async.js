async function one() { await null; throw new Error("async"); }
async function two() { await one(); }
async function three() { await two(); }
three().catch((error) => console.log(error.stack));
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
(async function waiting() {
  await sleep(5);
  console.log(new Error("after waiting").stack);
  await Promise.all([one()]).catch((error) => console.log(error.stack));
})();
