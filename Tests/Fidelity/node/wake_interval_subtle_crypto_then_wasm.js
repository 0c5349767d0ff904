// A digest is the first wake-up, a compilation the second, a key the third.
const keeper = setInterval(() => { console.log("slept through"); process.exit(1); }, 4000);
(async () => {
  const digest = await crypto.subtle.digest("SHA-256", Buffer.from("wake"));
  console.log(Buffer.from(digest).toString("hex").slice(0, 16));
  console.log(String(await WebAssembly.compile(Buffer.from("0061736d01000000", "hex"))));
  const key = await crypto.subtle.importKey("raw", digest, { name: "HMAC", hash: "SHA-1" }, false, ["sign"]);
  console.log(Buffer.from(await crypto.subtle.sign("HMAC", key, Buffer.from("up"))).toString("base64"));
  clearInterval(keeper);
})();
