const fs = require('fs')
for (const fd of fs.readdirSync('/proc/self/fd').sort((a, b) => a - b)) {
  try { console.log(fd, fs.readlinkSync('/proc/self/fd/' + fd).split(':')[0]) } catch {}
}
