setTimeout(() => { throw Symbol("thrown"); }, 1);
