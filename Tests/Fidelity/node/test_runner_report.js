const { test, describe, it, mock, before } = require("node:test");
const assert = require("node:assert");
describe("suite", () => {
  before(() => console.log("# before"));
  it("passes", () => assert.ok(true));
  it("is skipped", { skip: "a reason" }, () => {});
  it("is to do", { todo: true }, () => {});
});
test("mocks", (t) => {
  const fn = t.mock.fn((x) => x + 1);
  assert.equal(fn(1), 2);
  assert.equal(fn.mock.callCount(), 1);
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let fired = false;
  setTimeout(() => { fired = true; }, 10000);
  t.mock.timers.tick(10000);
  assert.ok(fired);
});
test("diagnostics", (t) => t.diagnostic("said"));
// Durations are not the same twice: they are taken out of what the reporter writes.
const write = process.stdout.write;
process.stdout.write = function (text, ...rest) {
  return write.call(this, String(text).replace(/duration_ms:? [\d.]+/g, "duration_ms N").replace(/\([\d.]+ms\)/g, "(Nms)"), ...rest);
};
