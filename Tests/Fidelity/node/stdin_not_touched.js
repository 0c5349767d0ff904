console.log("a program that never looks at its input");
