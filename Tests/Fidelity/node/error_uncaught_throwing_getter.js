throw { get stack() { throw new Error("in the getter"); }, toString() { return "odd"; } };
