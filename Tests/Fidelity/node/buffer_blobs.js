(async () => {
  const blob = new Blob(["abc", new Uint8Array([100, 101]), new Blob(["f"])], { type: "text/plain" });
  console.log(blob.size, blob.type, await blob.text(), await blob.slice(1, 3).text(), (await blob.arrayBuffer()).byteLength);
  const url = URL.createObjectURL(blob);
  console.log(url.startsWith("blob:nodedata:"), await require("node:buffer").resolveObjectURL(url).text());
  require("node:fs").writeFileSync("f", "from a file");
  console.log(await (await require("node:fs").openAsBlob("f")).text());
  const data = new FormData();
  data.append("field", "value");
  data.append("file", blob, "name.txt");
  console.log([...data.entries()].map(([k, v]) => k + " " + (v.name ?? v)), (await new Response(data).formData()).get("field"));
})();
