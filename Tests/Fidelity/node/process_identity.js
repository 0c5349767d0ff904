console.log(process.pid, process.ppid, process.title, process.argv0, process.execPath);
console.log(process.version, process.versions.v8, process.versions.modules, process.versions.openssl);
console.log(Object.keys(process.versions).sort().join());
console.log(process.arch, process.platform, process.release.name, process.release.lts);
console.log(process.cwd(), process.umask().toString(8), __filename, __dirname);
console.log(process.getuid(), process.getgid(), process.geteuid(), process.getegid());
console.log(process.getgroups(), process.exitCode, process.debugPort, process.connected, process.channel);
console.log(process.sourceMapsEnabled, process.throwDeprecation, process.noDeprecation, process.stdin.fd);
