let text = "x";
while (text.length < 1 << 23) text += text;
console.log(text.length, text.lastIndexOf("x"), text.slice(0, 1e5).replaceAll("xx", "y").length, Buffer.byteLength(text));
try { "x".repeat(2 ** 30); } catch (error) { console.log(error.name, error.message); }
try { new Array(-1); } catch (error) { console.log(error.name, error.message); }
try { Buffer.alloc(2 ** 53); } catch (error) { console.log(error.code); }
console.log(JSON.stringify(text).length, [...text.slice(0, 1e5)].length);
