const trace = require("node:trace_events");
console.log(trace.getEnabledCategories(), trace.createTracing({ categories: ["node.perf"] }).enabled);
