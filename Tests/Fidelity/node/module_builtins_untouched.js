// No builtin, global or prototype carries anything that node itself did not put there.
const { builtinModules } = require("node:module");
const skip = new Set(["inspector/promises", "_stream_wrap", "sys", "punycode", "_tls_common", "_tls_wrap", "_http_agent", "_http_client", "_http_common", "_http_incoming", "_http_outgoing", "_http_server", "_stream_duplex", "_stream_passthrough", "_stream_readable", "_stream_transform", "_stream_writable"]);
process.removeAllListeners("warning");
for (const name of builtinModules) {
  if (skip.has(name)) continue;
  const module = require(name);
  const described = Object.getOwnPropertyNames(module).filter((key) => key !== "fips").map((key) => {
    const value = Object.getOwnPropertyDescriptor(module, key).value;
    return key + (typeof value === "function" ? "/" + value.length + value.name : "");
  });
  console.log(name, described.join(" "));
}
