import errno, os, pty, signal, sys

try:
    os.open("/dev/tty", os.O_RDWR)
except OSError as error:
    print(errno.errorcode[error.errno])
for fd in range(3):
    print(os.isatty(fd))


def transcript(fd):
    output = b""
    try:
        while data := os.read(fd, 1000):
            output += data
    except OSError as error:
        print(errno.errorcode[error.errno])
    return output


pid, master = pty.fork()
if pid == 0:
    tty = os.open("/dev/tty", os.O_RDWR)
    os.write(tty, b"%s %d\n" % (os.ttyname(0).encode(), os.tcgetpgrp(tty) == os.getpgrp()))
    os._exit(3)
print(transcript(master), os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))

# The same by hand, and the terminal's own signal.
master, slave = os.openpty()
pid = os.fork()
if pid == 0:
    os.close(master)
    os.login_tty(slave)
    signal.signal(signal.SIGINT, lambda *_: os._exit(5))
    os.write(1, b"up\n")
    while True:
        signal.pause()
os.close(slave)
print(os.read(master, 100))
os.write(master, b"\x03")
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), transcript(master))

sys.stdout.flush()
print(pty.spawn(["/usr/bin/echo", "hi"]))
