"""The table of contenders: everyone who runs the same program, and how each is asked to."""

import dataclasses
import os
import shutil
import typing

import docker
import runc

# CodeBox servers differ in their settings alone; they run beside each other, idle but for one.
SERVERS = {
    "warm": {},
    "on demand": {"CODEBOX_WARM_POOL_MAXIMUM": "0"},
    "exec": {"CODEBOX_WARM_POOL_MAXIMUM": "0", "CODEBOX_ZYGOTES": "off"},
}


@dataclasses.dataclass(frozen=True)
class Contender:
    """`errand(bench, language, program)` gives the load generator's arguments; `missing(bench)`
    says why it can't run on this machine, or nothing."""

    name: str
    title: str
    errand: typing.Callable
    missing: typing.Callable = lambda bench: None


def bare_in_image(bench, language, program):
    errand = spawn(bench, program, language.command(program))
    return ["--root", str(bench.rootfs(language)), *errand]


def bare_here(bench, language, program):
    return spawn(bench, program, [here(language.argv[0]), *language.command(program)[1:]])


def here(interpreter):
    """The packaged one: a version manager's shim would be a program more to start."""
    return shutil.which(os.path.basename(interpreter), path="/usr/local/bin:/usr/bin:/bin")


def bubblewrap(bench, language, program):
    """The sandbox's namespaces, root and capabilities; bwrap has no cgroup and no seccomp list."""
    return spawn(bench, program, [
        shutil.which("bwrap"), "--unshare-all", "--die-with-parent", "--new-session",
        "--cap-drop", "ALL", "--uid", "1000", "--gid", "1000", "--hostname", "codebox",
        "--ro-bind", str(bench.rootfs(language)), "/", "--proc", "/proc", "--dev", "/dev",
        "--tmpfs", "/tmp", "--tmpfs", "/dev/shm", "--tmpfs", "/workspace",
        "--chdir", "/workspace", "--clearenv", "--setenv", "PATH", "/usr/bin:/bin",
        "--setenv", "LANG", "C.UTF-8", "--", *language.command(program),
    ])  # fmt: skip


def spawn(bench, program, argv):
    errand = ["--expect", bench.generator.file("expected", program.output)]
    if program.input:
        errand += ["--input", bench.generator.file("input", program.input)]
    return [*errand, "spawn", *argv]


def over_http(server, path):
    def errand(bench, language, program):
        return [
            "--expect", bench.generator.file("expected", language.answer(program)),
            "--input", bench.generator.file("request", language.request(program, path)),
            "http", str(bench.servers[server].port),
        ]  # fmt: skip

    return errand


def in_runc(bench, language, program):
    argv = bench.runc.argv(language, program, bench.rootfs(language))
    return spawn(bench, program, argv)


def in_docker(bench, language, program):
    argv = bench.docker.argv(language, program, bench.rootfs(language))
    return spawn(bench, program, argv)


def program_missing(name):
    def missing(bench):
        return None if shutil.which(name) else f"{name} is not installed"

    return missing


# The first is what ratios are against.
CONTENDERS = (
    Contender("bare", "bare, the image's own", bare_in_image),
    Contender("here", "bare, this machine's", bare_here),
    Contender("bwrap", "bubblewrap", bubblewrap, program_missing("bwrap")),
    Contender("runc", "runc", in_runc, runc.missing),
    Contender("docker", "docker run", in_docker, docker.missing),
    Contender("exec", "CodeBox, exec", over_http("exec", "/v1/run")),
    Contender("demand", "CodeBox, on demand", over_http("on demand", "/v1/run")),
    Contender("warm", "CodeBox, warm", over_http("warm", "/v1/run")),
    Contender("durable", "CodeBox, warm, durable", over_http("warm", "/v1/jobs")),
)
