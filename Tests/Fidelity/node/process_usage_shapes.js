const { threadCpuUsage } = process;
console.log(Object.keys(process.memoryUsage()).join(), process.memoryUsage.rss() > 1e6);
console.log(Object.values(process.memoryUsage()).every((n) => Number.isInteger(n) && n >= 0));
console.log(Object.keys(process.resourceUsage()).join());
const before = process.cpuUsage();
let user = 0, system = 0;
// Until it has had so much time on a core, which a busy machine gives it late.
for (let end = Date.now() + 5000; user + system < 20000 && Date.now() < end; )
  ({ user, system } = process.cpuUsage(before));
console.log(user + system >= 20000 && user + system < 2e6);
// A job pays for itself only.
const all = process.cpuUsage();
console.log(all.user + all.system < 3e6, process.resourceUsage().maxRSS > 1000);
console.log(typeof threadCpuUsage().user, process.constrainedMemory(), process.availableMemory() > 1e6);
console.log(process.getActiveResourcesInfo());
