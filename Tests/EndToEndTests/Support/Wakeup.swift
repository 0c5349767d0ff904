import Testing

/// One way in which an event loop of Node's is woken.
struct Wakeup: Sendable, CustomTestStringConvertible {
    var name: String
    /// Loads what it needs, and then defines `begin`, which sets `due`, on the clock of `now()`,
    /// and has `arrived` called when the loop is woken.
    var program: String
    var stdin = ""

    var testDescription: String { name }

    /// What else is active meanwhile: without anything Node leaves the loop and waits in other
    /// ways.
    static let keepers = [
        "setInterval(() => {}, 60000);",
        "require('net').createServer().listen(0, '127.0.0.1');",
    ]

    /// Prints how late the wake-up was, in milliseconds. The measurement begins after a timer, so
    /// that it does not include the time to load modules; a timer wakes the loop in another way.
    func job(keeper: String) -> JobBody {
        let prelude = """
            'use strict';
            const fs = require('fs');
            const now = () => performance.now();
            let due = now();
            function arrived() {
                const late = now() - due;
                fs.writeSync(1, String(late));
                process.exit(0);
            }
            \(keeper)
            setTimeout(() => begin(), 10);

            """
        var job = JobBody(.node, prelude + program).limited { $0.wallMs = 3000 }
        job.stdin = stdin
        return job
    }

    /// All kinds that Node offers a program, but for `fs.watch`, which a sandbox refuses.
    static let all = [
        Wakeup(
            name: "a task of V8's",
            program: """
                function begin() {
                    WebAssembly.compile(Buffer.from('0061736d01000000', 'hex')).then(arrived);
                    due = now();
                }
                """),
        Wakeup(
            name: "a finalizer",
            program: """
                require('v8').setFlagsFromString('--expose-gc');
                const gc = require('vm').runInNewContext('gc');
                const registry = new FinalizationRegistry(arrived);
                function begin() {
                    (function () { registry.register({}); })();
                    gc();
                    due = now();
                }
                """),
        Wakeup(
            name: "a wait for shared memory that is notified",
            program: """
                const cell = new Int32Array(new SharedArrayBuffer(4));
                function begin() {
                    Atomics.waitAsync(cell, 0, 0).value.then(arrived);
                    due = now();
                    Atomics.notify(cell, 0);
                }
                """),
        Wakeup(
            name: "a wait for shared memory that ends with its time",
            program: """
                const cell = new Int32Array(new SharedArrayBuffer(4));
                function begin() {
                    due = now() + 20;
                    Atomics.waitAsync(cell, 0, 0, 20).value.then(arrived);
                }
                """),
        Wakeup(
            name: "a message port",
            program: """
                const { receiveMessageOnPort } = require('worker_threads');
                const { port1, port2 } = new MessageChannel();
                port2.postMessage(1);
                receiveMessageOnPort(port1);
                function begin() {
                    port1.on('message', arrived);
                    due = now();
                    port2.postMessage(1);
                }
                """),
        Wakeup(
            name: "a worker",
            program: """
                const { Worker } = require('worker_threads');
                const sender = `require('worker_threads').parentPort.postMessage(
                    performance.timeOrigin + performance.now())`;
                function begin() {
                    new Worker(sender, { eval: true }).on('message', (sent) => {
                        due = sent - performance.timeOrigin;
                        arrived();
                    });
                }
                """),
        Wakeup(
            name: "a timer",
            program: """
                function begin() {
                    due = now() + 20;
                    setTimeout(arrived, 20);
                }
                """),
        Wakeup(
            name: "an immediate",
            program: """
                function begin() {
                    due = now();
                    setImmediate(arrived);
                }
                """),
        Wakeup(
            name: "a TCP socket",
            program: """
                const net = require('net');
                const server = net.createServer((socket) => socket.on('data', arrived));
                server.listen(0, '127.0.0.1');
                function begin() {
                    const socket = net.connect(server.address().port, '127.0.0.1', () =>
                        setTimeout(() => { due = now(); socket.write('x'); }, 10));
                }
                """),
        Wakeup(
            name: "a Unix socket",
            program: """
                const net = require('net');
                const server = net.createServer((socket) => socket.on('data', arrived));
                server.listen('/workspace/socket');
                function begin() {
                    const socket = net.connect('/workspace/socket', () =>
                        setTimeout(() => { due = now(); socket.write('x'); }, 10));
                }
                """),
        Wakeup(
            name: "a UDP socket",
            program: """
                const socket = require('dgram').createSocket('udp4').on('message', arrived);
                socket.bind(0, '127.0.0.1');
                function begin() {
                    due = now();
                    socket.send('x', socket.address().port, '127.0.0.1');
                }
                """),
        Wakeup(
            name: "standard input",
            program: """
                const { stdin } = process;
                function begin() {
                    stdin.on('data', arrived);
                    due = now();
                }
                """, stdin: "text"),
        Wakeup(
            name: "a signal",
            program: """
                process.on('SIGUSR2', arrived);
                function begin() {
                    due = now();
                    process.kill(process.pid, 'SIGUSR2');
                }
                """),
        Wakeup(
            name: "a child's end",
            program: """
                const { spawn } = require('child_process');
                const stdio = ['pipe', 'ignore', 'ignore'];
                const child = spawn('/bin/sh', ['-c', 'read line'], { stdio }).on('exit', arrived);
                function begin() {
                    due = now();
                    child.stdin.end('\\n');
                }
                """),
        Wakeup(
            name: "a child's output",
            program: """
                const { spawn } = require('child_process');
                const child = spawn('/bin/sh', ['-c', 'read line; echo; read line']);
                child.stdout.on('data', arrived);
                function begin() {
                    due = now();
                    child.stdin.write('\\n');
                }
                """),
        Wakeup(
            name: "a file operation of the thread pool",
            program: """
                function begin() {
                    due = now();
                    fs.stat('/', arrived);
                }
                """),
        Wakeup(
            name: "a computation of the thread pool",
            program: """
                const { randomBytes } = require('crypto');
                function begin() {
                    due = now();
                    randomBytes(16, arrived);
                }
                """),
        Wakeup(
            name: "a compressed stream",
            program: """
                const stream = require('zlib').createDeflate().on('data', arrived);
                function begin() {
                    due = now();
                    stream.end('text');
                }
                """),
        Wakeup(
            name: "a file that is polled",
            program: """
                fs.watchFile(__filename, { interval: 10 }, arrived);
                function begin() {
                    setTimeout(() => { due = now() + 10; fs.appendFileSync(__filename, '//'); }, 30);
                }
                """),
        Wakeup(
            name: "the inspector's server",
            program: """
                const net = require('net');
                const inspector = require('inspector');
                inspector.open(0, '127.0.0.1');
                function begin() {
                    const { port } = new URL(inspector.url());
                    const socket = net.connect(port, '127.0.0.1', () => {
                        due = now();
                        socket.write('GET /json/version HTTP/1.0\\r\\n\\r\\n');
                    });
                    socket.on('data', arrived);
                }
                """),
        Wakeup(
            name: "the tracing agent",
            program: """
                const { Session } = require('inspector');
                require('trace_events').createTracing({ categories: ['node'] }).enable();
                const session = new Session();
                session.connect();
                function begin() {
                    session.on('NodeTracing.tracingComplete', arrived);
                    const traceConfig = { includedCategories: ['node'] };
                    session.post('NodeTracing.start', { traceConfig }, () => {
                        due = now();
                        session.post('NodeTracing.stop');
                    });
                }
                """),
    ]
}
