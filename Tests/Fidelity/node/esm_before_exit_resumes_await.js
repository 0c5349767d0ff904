let resume;
process.once("beforeExit", () => resume("resumed by beforeExit"));
console.log(await new Promise((done) => { resume = done; }));
export {};
