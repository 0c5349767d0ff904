"""terminal.py STEPS COMMAND...: runs a command on a pseudo-terminal and types as its user would.

STEPS is a JSON list of [awaited, typed]: each text is typed once the awaited one has appeared after
the text typed before it. Prints what the terminal showed, and ends as the command did; with 99 if
an awaited text did not appear in time.
"""

import json
import os
import pty
import select
import sys
import time

PATIENCE_SECONDS = 30


def wait_for(awaited, terminal, shown):
    """Reads until the text appears, or until the command's end if there is none."""
    seen, end = b"", time.monotonic() + PATIENCE_SECONDS
    while awaited is None or awaited not in seen:
        if not select.select([terminal], [], [], max(0, end - time.monotonic()))[0]:
            return False
        try:
            piece = os.read(terminal, 4096)
        except OSError:
            piece = b""  # The last process that had the terminal has ended.
        if not piece:
            return awaited is None
        seen += piece
        shown += piece
    return True


def main():
    steps, command = json.loads(sys.argv[1]), sys.argv[2:]
    pid, terminal = pty.fork()
    if pid == 0:
        os.execv(command[0], command)
    shown = bytearray()
    is_whole = all(
        wait_for(awaited.encode(), terminal, shown) and os.write(terminal, typed.encode())
        for awaited, typed in steps
    ) and wait_for(None, terminal, shown)
    sys.stdout.buffer.write(shown)
    sys.stdout.flush()
    if not is_whole:
        os.kill(pid, 9)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    os._exit(status % 256 if is_whole else 99)


main()
