import os, pty, sys


def run(*arguments, prompt=b"", typed=b""):
    """Runs a program in a terminal, types once it has shown a prompt, and returns all it showed."""
    pid, master = pty.fork()
    if pid == 0:
        os.environ["TERM"] = "dumb"
        os.execv(arguments[0], arguments)
    shown = b""
    try:
        while data := os.read(master, 1000):
            shown += data
            if typed and prompt in shown:
                os.write(master, typed)
                typed = b""
    except OSError:
        pass
    os.close(master)
    return shown, os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


print(run("/usr/bin/tty"))
print(run("/usr/bin/stty", "-a"))
print(run("/bin/sh", "-c", "stty rows 10 cols 20; stty size"))
print(run("/bin/sh", "-c", "test -t 0 && test -t 1 && echo yes; exit 4"))
print(run("/bin/sh", "-i", "-c", "sleep 0 & wait; echo done"))
python = sys.executable
hidden = "import getpass; print(getpass.getpass('word: '))"
print(run(python, "-c", hidden, prompt=b"word: ", typed=b"secret\n"))
edited = "import readline; print(input('> ')[::-1])"
print(run(python, "-c", edited, prompt=b"> ", typed=b"ab\x01c\n"))
size = "import os; print(os.get_terminal_size(), os.isatty(0))"
print(run(python, "-c", size))
