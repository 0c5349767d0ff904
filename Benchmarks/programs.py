"""What is run: languages, and the same small programs in each."""

import dataclasses
import json

MEGABYTE = 1_000_000


@dataclasses.dataclass(frozen=True)
class Program:
    name: str
    title: str
    source: str
    output: bytes
    input: bytes = b""


@dataclasses.dataclass(frozen=True)
class Language:
    name: str
    title: str
    # The bare interpreter that ratios are against, up to and with the switch for a source.
    argv: tuple
    programs: tuple

    def command(self, program):
        return [*self.argv, program.source]

    def request(self, program, path):
        """The whole HTTP request, as it goes over the wire."""
        body = json.dumps(self.job(program)).encode()
        return (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"Prefer: wait=30\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode() + body

    def job(self, program):
        job = {"runtime": self.name, "source": program.source}
        if program.input:
            job["stdin"] = program.input.decode()
        return job

    def answer(self, program):
        """What a right answer holds."""
        return b'"stdout":' + json.dumps(program.output.decode()).encode()


HELLO = "hello", "hello world"
IMPORTS = "imports", "5 imports"
ECHO = "echo", "1 MB in and out"
LINES = b"".join(b"%063d\n" % number for number in range(MEGABYTE // 64))

PYTHON = Language(
    "python", "Python", ("/usr/bin/python3", "-I", "-c"),
    (
        Program(*HELLO, "print(1)", b"1\n"),
        Program(
            *IMPORTS,
            "import json, re, datetime, collections, random\n"
            "print(json.dumps([1]), re.sub('a', 'b', 'aa'), datetime.date(2026, 1, 2),\n"
            "      collections.Counter('aab')['a'], random.randint(7, 7))",
            b"[1] bb 2026-01-02 2 7\n"),
        Program(*ECHO, "import sys; sys.stdout.write(sys.stdin.read())", LINES, LINES),
    ),
)  # fmt: skip

NODE = Language(
    "node", "Node", ("/usr/bin/node", "-e"),
    (
        Program(*HELLO, "console.log(1)", b"1\n"),
        Program(
            *IMPORTS,
            "const fs = require('fs'), path = require('path'), crypto = require('crypto'),\n"
            "  http = require('http'), util = require('util');\n"
            "console.log(fs.existsSync('/'), path.basename('/a/b'),\n"
            "  crypto.createHash('sha256').update('a').digest('hex').slice(0, 8),\n"
            "  http.METHODS.includes('GET'), util.format('%d', 7));",
            b"true b ca978112 true 7\n"),
        Program(*ECHO, "process.stdin.pipe(process.stdout)", LINES, LINES),
    ),
)  # fmt: skip

LANGUAGES = (PYTHON, NODE)
