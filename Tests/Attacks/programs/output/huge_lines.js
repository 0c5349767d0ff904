// attack: Writes one line of many megabytes, for the server's buffers.
// layer: the output is cut at its limit while it is read
// second: the server's memory is bounded by the slots
// ends: exited
// limits: output_bytes=1M memory_bytes=256M
const { end } = require('./attack.js')
const line = 'x'.repeat(1 << 20)
for (let i = 0; i < 8; i++) require('fs').writeSync(2, line)
end()
