const { fork } = require('child_process');
if (process.argv[2] === 'child') {
  process.send([process.argv, process.execArgv, require.main === module]);
  process.disconnect();
} else {
  fork(__filename, ['child']).on('message', (said) => console.log(said));
}
