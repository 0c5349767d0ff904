console.log("Grüße 世界 🌍 عربى \u0000 \u{10FFFF} é");
process.stdout.write("latin: é\n", "latin1");
process.stdout.write(Buffer.from([0xe2, 0x82, 0xac, 0x0a]));
process.stdout.write("68656c6c6f0a", "hex");
console.log("\ud800 lone surrogate", "tab\tand\rreturn");
console.error("errors, too: ✓");
