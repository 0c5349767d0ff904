const x = 1; const y = 2; /* a long line with some text before the throw, so that the caret is far to the right of the margin */ throw new Error("far right");
