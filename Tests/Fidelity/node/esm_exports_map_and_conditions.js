import main from "pack";
import feature from "pack/feature";
console.log(main, feature, import.meta.resolve("pack"), import.meta.resolve("#own"));
console.log((await import("#own")).default, (await import("self/x")).default);
try {
  await import("pack/hidden");
} catch (error) {
  console.log(error.code, error.message);
}
try {
  import.meta.resolve("not-installed");
} catch (error) {
  console.log(error.code);
}
