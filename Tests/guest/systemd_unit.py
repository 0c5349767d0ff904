#!/usr/bin/env python3
"""`packaging/systemd/codebox.service` under systemd: it starts, runs a job, and stops in order.

    systemd_unit.py --codebox PATH --data-dir FOLDER --libraries FOLDER --unit FILE

Runs as root in a guest whose PID 1 is systemd. The unit is taken as it is: CodeBox is installed as
its comment says, and the images lie in its state directory.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import time
import urllib.error
import urllib.request

from expectation import PATIENCE, Failed, expect

ADDRESS = "http://127.0.0.1:8080"
UNITS = pathlib.Path("/run/systemd/system")
LOG = pathlib.Path("/run/codebox.log")
# For this guest alone: no other unit of the machine's is started, and there is no journal.
DROP_IN = f"""\
[Unit]
DefaultDependencies=no
[Service]
StandardOutput=append:{LOG}
StandardError=append:{LOG}
"""


def call(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def add_user(name, number):
    """What useradd does; it would want files that the guest may not be able to read."""
    if name not in [line.split(":")[0] for line in open("/etc/passwd")]:
        with open("/etc/passwd", "a") as passwd, open("/etc/group", "a") as group:
            passwd.write(f"{name}:x:{number}:{number}::/nonexistent:/usr/sbin/nologin\n")
            group.write(f"{name}:x:{number}:\n")


def install(options):
    """As the unit's comment says, with mounts for copies."""
    call("mount", "--bind", str(options.codebox.parent), "/usr/local/bin")
    # A home is out of the unit's reach, and a toolchain may lie in one.
    libraries = pathlib.Path("/mnt/libraries")
    libraries.mkdir()
    call("mount", "--bind", str(options.libraries), str(libraries))
    pathlib.Path("/etc/ld.so.conf.d/guest.conf").write_text(f"{libraries}/linux\n")
    call("ldconfig")
    add_user("codebox", 990)
    images = pathlib.Path("/mnt/images")
    images.mkdir()
    call("mount", "--bind", str(options.data_dir), str(images))
    state = pathlib.Path("/var/lib")
    call("mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", str(state))
    (state / "codebox").mkdir()
    for name in ("images", "tags"):
        (state / "codebox" / name).symlink_to(images / name)
    UNITS.joinpath("codebox.service").write_text(options.unit.read_text())
    drop_ins = UNITS / "codebox.service.d"
    drop_ins.mkdir()
    (drop_ins / "guest.conf").write_text(DROP_IN)
    call("systemctl", "daemon-reload")


def run_job():
    """A finished job's JSON; the server is given time to come up, and its zygote too."""
    body = json.dumps({"runtime": "python", "source": "print('under systemd')"}).encode()
    request = urllib.request.Request(
        f"{ADDRESS}/v1/run", body, {"content-type": "application/json"}
    )
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as response:
                job = json.load(response)
            if job["timings"]["forked"]:
                return job
            problem = "no job was forked"
        except urllib.error.URLError as error:
            problem = str(error)
        expect(time.monotonic() < deadline, f"no job ran: {problem}")
        time.sleep(0.5)


def property_of(name):
    return call("systemctl", "show", "codebox", "--value", "--property", name).strip()


def check_unit():
    call("systemctl", "start", "codebox")
    job = run_job()
    expect(job["stdout"] == "under systemd\n", f"printed {job}")
    group = pathlib.Path("/sys/fs/cgroup") / property_of("ControlGroup").lstrip("/")
    folders = [path.name for path in group.rglob("*") if path.is_dir()]
    expect(any(name.startswith("codebox-") for name in folders), f"cgroups {folders} in {group}")
    main = property_of("MainPID")
    status = pathlib.Path(f"/proc/{main}/status").read_text()
    expect("NoNewPrivs:\t1" in status, "the supervisor may gain privileges")
    call("systemctl", "stop", "codebox")
    for name, value in {"Result": "success", "ExecMainStatus": "0", "NRestarts": "0"}.items():
        expect(property_of(name) == value, f"{name} is {property_of(name)}")
    expect(not group.exists(), f"{group} is still there")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name in ("--codebox", "--data-dir", "--libraries", "--unit"):
        parser.add_argument(name, required=True, type=pathlib.Path)
    started = time.monotonic()
    try:
        install(parser.parse_args())
        check_unit()
    except (Failed, KeyError, OSError, subprocess.CalledProcessError) as problem:
        log = LOG.read_text()[-1500:] if LOG.exists() else "no log"
        print(f"not ok the systemd unit: {type(problem).__name__} {problem}\n{log}", flush=True)
        return 1
    print(f"ok     the systemd unit runs a job ({time.monotonic() - started:.1f} s)", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
