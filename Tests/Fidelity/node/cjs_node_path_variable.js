console.log(require("elsewhere"));
