const { threadCpuUsage } = process;
console.log(Object.keys(process.memoryUsage()).join(), process.memoryUsage.rss() > 1e6);
console.log(Object.values(process.memoryUsage()).every((n) => Number.isInteger(n) && n >= 0));
console.log(Object.keys(process.resourceUsage()).join());
const before = process.cpuUsage();
for (let end = Date.now() + 30; Date.now() < end; );
const { user, system } = process.cpuUsage(before);
console.log(user + system > 1000 && user + system < 2e6);
// A job pays for itself only.
const all = process.cpuUsage();
console.log(all.user + all.system < 3e6, process.resourceUsage().maxRSS > 1000);
console.log(typeof threadCpuUsage().user, process.constrainedMemory(), process.availableMemory() > 1e6);
console.log(process.getActiveResourcesInfo());
