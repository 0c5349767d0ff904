// attack: Spawns itself over and over.
// layer: the pids cgroup
// second: the memory cgroup
// ends: exited signaled memory_exceeded wall_time_exceeded cpu_time_exceeded
// sites: guest
// limits: wall_ms=2000 cpu_ms=2000 processes=32
// host: pids=120 memory=768M
const { spawn } = require('child_process')
for (let i = 0; i < 200; i++) {
  try { spawn(process.execPath, [__filename]).on('error', () => {}) } catch {}
}
setTimeout(() => { console.log('held'); process.exit(0) }, 1500)
