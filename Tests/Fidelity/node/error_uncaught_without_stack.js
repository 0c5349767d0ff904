const error = new Error("no stack");
delete error.stack;
error.stack = undefined;
throw error;
