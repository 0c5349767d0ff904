class Resource {
  constructor(name) { this.name = name; console.log("open", name); }
  [Symbol.dispose]() { console.log("close", this.name); }
  async [Symbol.asyncDispose]() { await null; console.log("close later", this.name); }
}
{
  using a = new Resource("a");
  using b = new Resource("b");
  console.log("inside");
}
(async () => {
  await using c = new Resource("c");
  console.log("inside async");
})().then(() => console.log("done"));
