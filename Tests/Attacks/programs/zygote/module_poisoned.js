// attack: Spoils Node's own objects for the jobs after it.
// layer: a job's memory is a private copy of the zygote's
// second: the interpreter ends with its job
// sites: rootless guest
const { fell, end } = require('./attack.js')
if (globalThis.poisoned || process.env.POISONED || require('fs').poisoned) fell('it was poisoned')
globalThis.poisoned = true
process.env.POISONED = '1'
require('fs').poisoned = true
end()
Array.prototype.map = null
JSON.stringify = null
