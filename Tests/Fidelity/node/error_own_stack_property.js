const error = new Error("replaced");
error.stack = "a stack of my own\n    at nowhere";
throw error;
