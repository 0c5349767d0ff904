# What an ordinary process is refused on every machine, and what no kernel has: with which errno.
import ctypes
import errno
import fcntl
import os
import socket
import termios

libc = ctypes.CDLL(None, use_errno=True)


def ask(what, call):
    try:
        print(what, call())
    except NotImplementedError as error:
        print(what, error)
    except (OSError, termios.error) as error:
        print(what, type(error).__name__, errno.errorcode[error.args[0]])


def raw(name, *arguments):
    ctypes.set_errno(0)
    result = getattr(libc, name)(*arguments)
    print(name, result, errno.errorcode.get(ctypes.get_errno()))


open("file", "w").close()
os.symlink("file", "link")
ask("chmod of a link", lambda: os.chmod("link", 0o600, follow_symlinks=False))
ask("chmod of a file", lambda: os.chmod("file", 0o640, follow_symlinks=False))
print(oct(os.stat("file").st_mode))
ends = os.pipe()
ask("terminal", lambda: termios.tcgetattr(ends[0]))
ask("terminal's input", lambda: fcntl.ioctl(ends[0], 0x5412, b"x"))
ask("fcntl", lambda: fcntl.fcntl(ends[0], 4000))
ask("raw", lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, 1))
ask("no such protocol", lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM, 99))
ask("no such type", lambda: socket.socket(socket.AF_INET, socket.SOCK_RDM, 0))
ask("no such family", lambda: socket.socket(108, socket.SOCK_STREAM, 0))
stream = socket.socket()
ask("no such option", lambda: stream.setsockopt(socket.SOL_SOCKET, 9999, 1))
ask("no such option of TCP", lambda: stream.setsockopt(socket.IPPROTO_TCP, 9999, 1))
raw("socketpair", socket.AF_INET, socket.SOCK_STREAM, 0, (ctypes.c_int * 2)())
raw("prctl", 9999, 0, 0, 0, 0)
raw("setfsuid", 1234)
raw("setfsgid", -1)
libc.sync()
raw("syncfs", os.open(".", os.O_RDONLY))
raw("prctl", 4, 0, 0, 0, 0)
raw("prctl", 4, 1, 0, 0, 0)
ask("chroot", lambda: os.chroot("."))
ask("device", lambda: os.mknod("device", 0o20600, 259))
ask("rank", lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1)))
raw("sethostname", b"a", 1)
