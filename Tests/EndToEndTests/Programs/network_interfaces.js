const { execFileSync } = require('child_process')
const line = `console.log(Object.entries(require('os').networkInterfaces())
  .flatMap(([name, list]) => list.map((a) => name + ' ' + a.cidr + ' ' + a.internal)).join(', '))`
eval(line)
execFileSync(process.execPath, ['-e', line], { stdio: 'inherit' })
