const { Worker } = require('worker_threads'), { execFileSync } = require('child_process')
const crypto = require('crypto'), zlib = require('zlib'), fs = require('fs')
const wasm = new Uint8Array([0,97,115,109,1,0,0,0,1,5,1,96,0,1,127,3,2,1,0,7,5,1,1,102,0,0,10,6,1,4,0,65,42,11])
new Worker('require("worker_threads").parentPort.postMessage(1)', { eval: true }).on('message', async (m) => {
  console.log(m, execFileSync(process.execPath, ['-p', '1+1']).toString().trim(),
    crypto.createHash('sha256').update('x').digest('hex').slice(0, 4),
    zlib.gunzipSync(zlib.gzipSync('z')).toString(),
    (await WebAssembly.instantiate(wasm)).instance.exports.f(),
    (await fs.promises.readFile(__filename)).length > 0)
})
