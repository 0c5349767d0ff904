// Prints the bytes from which glibc has drawn the stack canary, and does work on node's helper
// threads, whose frames were made before the fork.
const fs = require('fs')
const zlib = require('zlib')
const AT_RANDOM = 25n // <linux/auxvec.h>
const entries = fs.readFileSync('/proc/self/auxv')
let address
for (let at = 0; at < entries.length; at += 16)
  if (entries.readBigUInt64LE(at) === AT_RANDOM) address = entries.readBigUInt64LE(at + 8)
const memory = fs.openSync('/proc/self/mem', 'r')
const drawn = Buffer.alloc(8)
fs.readSync(memory, drawn, 0, 8, address)
zlib.deflate('work '.repeat(1000), async (error, packed) => {
  if (error) throw error
  const text = await fs.promises.readFile('/proc/self/comm', 'utf8')
  console.log(drawn.toString('hex'), packed.length > 0, text.length > 0)
})
