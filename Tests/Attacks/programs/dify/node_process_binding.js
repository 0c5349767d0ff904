// attack: Reaches native code by process.binding and process.dlopen (dify's Node escape).
// layer: the filter holds for native code as for JavaScript
// second: the namespaces
const { fell, refused, end } = require('./attack.js')
const fs = require('fs')
const status = fs.readFileSync('/proc/self/status', 'utf8')
if (!/Seccomp:\t2/.test(status)) fell('no filter')
refused('dlopen of a folder', () => process.dlopen({ exports: {} }, '/tmp'))
refused('root by setuid', () => process.setuid(0), 'EPERM', 'EINVAL')
refused('root by setgid', () => process.setgid(0), 'EPERM', 'EINVAL')
refused('other groups', () => process.setgroups([0]), 'EPERM')
end()
