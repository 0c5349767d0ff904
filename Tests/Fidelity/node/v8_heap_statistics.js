const v8 = require("node:v8");
const stats = v8.getHeapStatistics();
console.log(Object.keys(stats).join());
// The limit follows the job's memory, which the bare interpreter does not have (NodeHeapTests);
// little is used at the start.
console.log(stats.heap_size_limit > 2 ** 24, stats.used_heap_size < 20e6, stats.number_of_native_contexts, stats.number_of_detached_contexts, stats.does_zap_garbage);
console.log(v8.getHeapSpaceStatistics().map((space) => space.space_name).join());
console.log(Object.keys(v8.getHeapCodeStatistics()).join(), v8.cachedDataVersionTag() > 0, v8.startupSnapshot.isBuildingSnapshot());
