import { registerHooks } from "node:module";
registerHooks({
  resolve(specifier, context, next) {
    return specifier.startsWith("virtual:")
      ? { url: specifier, format: "module", shortCircuit: true } : next(specifier, context);
  },
  load(url, context, next) {
    return url.startsWith("virtual:")
      ? { format: "module", source: `export default ${JSON.stringify(url)}`, shortCircuit: true } : next(url, context);
  },
});
console.log((await import("virtual:thing")).default, (await import("./real.mjs")).default);
