import which from "pack";
console.log(which);
