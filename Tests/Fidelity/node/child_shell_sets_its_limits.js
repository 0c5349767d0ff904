const { execSync } = require('child_process');
for (const command of [
  'ulimit -c 0 && echo ok',
  'ulimit -s unlimited && ulimit -s',
  'ulimit -t 5 && ulimit -f 100 && ulimit -t && ulimit -Hf',
]) {
  console.log(execSync(command, { encoding: 'utf8' }));
}
