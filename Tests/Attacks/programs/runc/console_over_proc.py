# attack: Has its terminal mounted over a file of /proc (runc, CVE-2025-52565).
# layer: terminals are opened by the job in a devpts of its own, and nothing is mounted for them
# second: seccomp refuses mount
from attack import *

master, slave = os.openpty()
name = os.ttyname(slave)
refused("mount", lambda: call("mount", name.encode(), b"/proc/sysrq-trigger", None, 4096, None))
refused("link", lambda: os.link(name, "/tmp/terminal"), "EXDEV", "EPERM")
refused("symlink", lambda: os.symlink("/proc/sysrq-trigger", "/dev/pts/9"), "EPERM", "EACCES")
for line in open("/proc/self/mountinfo"):
    if "/dev/console" in line:
        fell("there is a console")
end()
