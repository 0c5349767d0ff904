import errno, fcntl, os, pty, struct, termios, tty

master, slave = pty.openpty()
print(os.ttyname(slave), os.isatty(master), os.isatty(slave), os.ctermid())
found = os.fstat(slave)
print(oct(found.st_mode), found.st_uid, found.st_gid, os.major(found.st_rdev))
print(sorted(os.listdir("/dev/pts")), os.readlink("/dev/ptmx"), os.path.exists("/dev/tty"))
fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 132, 0, 0))
print(os.get_terminal_size(master), termios.tcgetwinsize(slave))
os.write(master, b"hello\n")
print(os.read(slave, 100), os.read(master, 100))
before = termios.tcgetattr(slave)
tty.setraw(slave)
os.write(master, b"raw")
print(os.read(slave, 3))
termios.tcsetattr(slave, termios.TCSADRAIN, before)
print(termios.tcgetattr(slave) == before, before)
termios.tcdrain(slave)
termios.tcflush(slave, termios.TCIOFLUSH)
termios.tcflow(slave, termios.TCOON)
termios.tcsendbreak(slave, 0)
print(struct.unpack("i", fcntl.ioctl(master, termios.TIOCOUTQ, b"\0\0\0\0")))
print(struct.unpack("i", fcntl.ioctl(slave, termios.TIOCGETD, b"\0\0\0\0")))
fcntl.ioctl(master, termios.TIOCPKT, struct.pack("i", 1))
os.write(slave, b"packet")
print(os.read(master, 100))
os.close(slave)
try:
    os.read(master, 1)
except OSError as error:
    print(errno.errorcode[error.errno])
pairs = []
try:
    while len(pairs) < 100:
        pairs.append(os.openpty())
except OSError as error:
    print(len(pairs), errno.errorcode[error.errno])
