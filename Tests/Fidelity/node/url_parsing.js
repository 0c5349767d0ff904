const url = new URL("https://üser:pä ss@exämple.org:8080/a/../b c?q=1&q=2&x=%20#frag");
for (const key of ["href", "origin", "username", "password", "host", "pathname", "search", "hash"]) console.log(key, url[key]);
url.searchParams.append("new", "ä&=");
url.port = "443";
console.log(url.href, url.searchParams.getAll("q"), [...url.searchParams.keys()], URL.canParse("x:"), URL.parse("bad"));
console.log(new URLSearchParams({ a: "1 2", b: "+" }).toString(), new URL("../x", "file:///a/b/c").href, require("url").domainToASCII("español.com"), require("url").domainToUnicode("xn--espaol-zwa.com"));
console.log(require("url").pathToFileURL("/tmp/ä#?.txt").href, require("querystring").parse("a=1&a=2&b=%zz"), require("url").urlToHttpOptions(url).path);
console.log(new URLPattern({ pathname: "/books/:id" }).exec("http://h/books/12").pathname.groups.id);
try { new URL("http://[::1"); } catch (error) { console.log(error.code, error.input); }
