"use strict";
try { undeclared = 1; } catch (error) { console.log(error.message); }
console.log((function () { return this; })(), this === module.exports);
try { delete Object.prototype; } catch (error) { console.log(error.message); }
