"""What the attacks in Python share."""

import ctypes
import errno
import os
import sys

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
fallen = []


def fell(what):
    """Says that the attack got what it must not."""
    fallen.append(what)
    print("fell:", what, flush=True)


def refused(what, attempt, *names):
    """Makes an attempt, which must raise an OSError with one of these errors; any if none."""
    try:
        got = attempt()
    except OSError as error:
        name = errno.errorcode.get(error.errno, str(error.errno))
        if names and name not in names:
            print(f"{what}: {name} in place of {' or '.join(names)}", flush=True)
            sys.exit(1)
    else:
        fell(f"{what}: {str(got)[:200]}")


def call(name, *arguments):
    """Calls a function of libc's; raises the OSError that it reports."""
    ctypes.set_errno(0)
    result = getattr(libc, name)(*arguments)
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def end():
    """The last line of an attack that ran to its end."""
    print("held" if not fallen else f"{len(fallen)} fell", flush=True)
