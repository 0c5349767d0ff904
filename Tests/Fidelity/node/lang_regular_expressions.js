console.log("2024-02-29".match(/(?<y>\d+)-(?<m>\d+)/).groups, "aBc".replace(/(?<=a)b/i, "X"), [..."a1b22".matchAll(/\d+/g)].map((m) => m[0] + m.index));
console.log(/\p{Script=Greek}/u.test("α"), /^\p{Emoji}$/v.test("🌍"), /[\p{L}--[a-z]]/v.test("a"), "x".replace(/x/, "$&$&"), /(?i:a)b/.test("Ab"), "aaa".search(/a{3}/y), "ab".split(/(b)/));
const sticky = /a/dg;
console.log(sticky.exec("ba").indices[0], sticky.lastIndex, RegExp.escape?.("a.b"), /(a+)+$/.test("a".repeat(25)));
try { new RegExp("("); } catch (error) { console.log(error.message); }
