const { Worker } = require("node:worker_threads");
const channel = new BroadcastChannel("news");
channel.onmessage = ({ data }) => {
  console.log(data);
  channel.close();
};
new Worker("const c = new BroadcastChannel('news'); c.postMessage({ from: 'worker' }); c.close();", { eval: true });
