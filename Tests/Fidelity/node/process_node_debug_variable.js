require("node:util").debuglog("mine")("seen %d", 4);
require("node:util").debuglog("other")("hidden");
