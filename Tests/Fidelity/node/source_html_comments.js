let x = 5;
while (x --> 3);
<!-- a comment in sloppy scripts
console.log(x);
--> another
