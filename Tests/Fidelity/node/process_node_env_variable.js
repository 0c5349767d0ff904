console.log(process.env.NODE_ENV, Object.keys(process.env).sort());
