const { homedir } = require('os');
console.log(require('module').globalPaths, homedir(), require('elsewhere'));
