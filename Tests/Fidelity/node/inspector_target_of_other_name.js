const { closeSync, openSync } = require('fs');
const inspector = require('inspector');
// Node writes the target's address there, which differs each time.
closeSync(2);
openSync('/dev/null', 'w');
inspector.open(0, '127.0.0.1');
const { port } = new URL(inspector.url());
require('http').get({ host: '127.0.0.1', port, path: '/json/list', agent: false }, async (response) => {
  const [{ title, url, description }] = JSON.parse(await response.toArray().then((all) => all.join('')));
  console.log(title, url, description);
  inspector.close();
});
