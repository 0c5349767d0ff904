"""Those who run the one-line program. Each gives runners; a runner runs it once and checks it."""

import json
import os
import shutil
import signal
import socket

from image_view import ImageView

WARM_UP_RUNS = 5


class Language:
    def __init__(self, name, title, source, host_argv, image_argv):
        self.name = name
        self.title = title
        self.source = source
        self.host_argv = host_argv
        self.image_argv = image_argv


LANGUAGES = [
    Language(
        "python", "Python: print(1)", "print(1)",
        ["/usr/bin/python3", "-I", "-c", "print(1)"],
        ["/usr/bin/python3", "-I", "-c", "print(1)"]),
    Language(
        "node", "Node: console.log(1)", "console.log(1)",
        [shutil.which("node") or "/usr/bin/node", "-e", "console.log(1)"],
        ["/usr/bin/node", "-e", "console.log(1)"]),
]  # fmt: skip

EXPECTED = b"1\n"


class Contender:
    """Entered once per round."""

    def __init__(self, name):
        self.name = name

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def warm_up(self):
        runner = self.runner()
        for _ in range(WARM_UP_RUNS):
            runner.run()
        runner.close()


class Bare(Contender):
    """A program started with posix_spawn, which costs its parent next to nothing."""

    def __init__(self, name, argv):
        super().__init__(name)
        self.argv = argv

    def runner(self):
        return SpawnRunner(self.argv)


class InImage(Bare):
    """The same with the runtime image as root, so that the interpreter is CodeBox's own."""

    def __init__(self, name, root, argv):
        super().__init__(name, argv)
        self.view = ImageView(root)

    def __enter__(self):
        self.view.enter()
        return self

    def __exit__(self, *_):
        self.view.leave()


class SpawnRunner:
    environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}

    def __init__(self, argv):
        self.argv = argv
        self.null = os.open("/dev/null", os.O_RDONLY | os.O_CLOEXEC)

    def run(self):
        reading, writing = os.pipe2(os.O_CLOEXEC)
        try:
            actions = [(os.POSIX_SPAWN_DUP2, self.null, 0), (os.POSIX_SPAWN_DUP2, writing, 1)]
            pid = os.posix_spawn(
                self.argv[0], self.argv, self.environment, file_actions=actions,
                setsigdef=[signal.SIGPIPE])  # fmt: skip
            os.close(writing)
            writing = None
            output = b""
            while chunk := os.read(reading, 4096):
                output += chunk
            _, status = os.waitpid(pid, 0)
        finally:
            os.close(reading)
            if writing is not None:
                os.close(writing)
        if status != 0 or output != EXPECTED:
            raise RuntimeError(f"{self.argv} ended with {status} and printed {output!r}")

    def close(self):
        os.close(self.null)


def bubblewrap_argv(root, argv):
    """The sandbox's namespaces, root and capabilities; bwrap has no cgroup and no seccomp list."""
    return [
        shutil.which("bwrap") or "/usr/bin/bwrap", "--unshare-all", "--die-with-parent",
        "--new-session", "--cap-drop", "ALL", "--uid", "1000", "--gid", "1000",
        "--hostname", "codebox", "--ro-bind", root, "/", "--proc", "/proc", "--dev", "/dev",
        "--tmpfs", "/tmp", "--tmpfs", "/dev/shm", "--chdir", "/tmp", "--clearenv",
        "--setenv", "PATH", "/usr/bin:/bin", "--setenv", "LANG", "C.UTF-8", "--", *argv,
    ]  # fmt: skip


class Http(Contender):
    """CodeBox, over a connection that stays open."""

    def __init__(self, name, server, path, language):
        super().__init__(name)
        self.server = server
        body = json.dumps({"runtime": language.name, "source": language.source}).encode()
        self.request = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"Prefer: wait=30\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode() + body

    def runner(self):
        return HttpRunner(self.server.port, self.request)


class HttpRunner:
    def __init__(self, port, request):
        self.request = request
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def run(self):
        self.socket.sendall(self.request)
        answer = self.socket.recv(65536)
        while (split := answer.find(b"\r\n\r\n")) < 0:
            answer += self._receive()
        head = answer[:split].lower()
        length = int(head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
        while len(answer) < split + 4 + length:
            answer += self._receive()
        body = answer[split + 4 :]
        if not head.startswith(b"http/1.1 200") or b'"stdout":"1\\n"' not in body.replace(b" ", b""):
            raise RuntimeError(f"CodeBox answered {answer!r}")

    def _receive(self):
        if received := self.socket.recv(65536):
            return received
        raise RuntimeError("CodeBox closed the connection")

    def close(self):
        self.socket.close()
