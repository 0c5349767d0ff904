import pty, select

pid, master = pty.fork()
if pid == 0:
    os.environ.update(PS1="$ ", ENV="")
    os.execv("/bin/sh", ["sh", "-i"])
unread = b""


def until(text):
    """Reads on to the end of a text, and returns what came before it."""
    global unread
    while text not in unread:
        if not select.select([master], [], [], 10)[0]:
            sys.exit(f"no {text!r} in {unread!r}")
        unread += os.read(master, 1000)
    before, unread = unread.split(text, 1)
    return before


def enter(line):
    until(b"$ ")
    os.write(master, line + b"\n")
    until(line + b"\r\n")


enter(b"cat")
os.write(master, b"one\n")
until(b"one\r\none\r\n")
os.write(master, b"\x1a")
until(b"Stopped")
enter(b"fg")
until(b"cat\r\n")
os.write(master, b"two\n")
until(b"two\r\ntwo\r\n")
os.write(master, b"\x03")
enter(b"echo code $?")
interrupted = until(b"\r\n").decode()
enter(b"exit 7")
print(json.dumps([interrupted, os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])]))
