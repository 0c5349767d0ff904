console.log("after the mark", __filename, require("./data.json").a);
