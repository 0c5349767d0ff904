// Texts that node prints once, with the pid that the program sees.
new Buffer(4);
require("node:url").parse("http://example.org:bad");
require("node:punycode");
require("node:util").isArray?.([]);
