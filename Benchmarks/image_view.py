"""Runs this process with a runtime image as its root for a while, and comes back."""

import ctypes
import os

CLONE_NEWNS, CLONE_NEWUSER = 0x00020000, 0x10000000
MS_BIND, MS_REC, MS_PRIVATE = 4096, 16384, 1 << 18

libc = ctypes.CDLL(None, use_errno=True)


def _call(function, *arguments):
    if function(*arguments) != 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{function.__name__}: {os.strerror(error)}")


class ImageView:
    """An image with this machine's /proc and /dev, in a mount namespace nobody else sees.

    What is spawned meanwhile starts there directly, with no helper program in between that would
    be measured along.
    """

    def __init__(self, root):
        self.root = root
        self.outside = None

    def enter(self):
        _make_mounts_private_to_this_process()
        for name in ("proc", "dev"):
            target = os.path.join(self.root, name)
            if not os.path.ismount(target):
                source = f"/{name}".encode()
                _call(libc.mount, source, target.encode(), None, MS_BIND | MS_REC, None)
        self.outside = os.open("/", os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
        self.folder = os.getcwd()
        os.chroot(self.root)
        os.chdir("/")

    def leave(self):
        os.fchdir(self.outside)
        os.chroot(".")
        os.chdir(self.folder)
        os.close(self.outside)


_is_private = False


def _make_mounts_private_to_this_process():
    global _is_private
    if _is_private:
        return
    uid, gid = os.geteuid(), os.getegid()
    # An ordinary user may mount and chroot in a user namespace of its own.
    _call(libc.unshare, CLONE_NEWNS | (0 if uid == 0 else CLONE_NEWUSER))
    if uid != 0:
        for name, text in (
            ("setgroups", "deny"), ("uid_map", f"0 {uid} 1"), ("gid_map", f"0 {gid} 1")):
            with open(f"/proc/self/{name}", "w") as file:
                file.write(text)
    _call(libc.mount, b"none", b"/", None, MS_REC | MS_PRIVATE, None)
    _is_private = True
