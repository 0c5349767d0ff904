print(
    json.dumps(
        [
            call("mount", None, b"/", None, 32 | 4096, None),
            call("mount", b"none", b"/tmp", b"tmpfs", 0, None),
            call("mount", b"proc", b"/tmp", b"proc", 0, None),
            call("umount2", b"/workspace", 2),
            call("umount2", b"/", 2),
            call("chroot", b"/tmp"),
            call("pivot_root" if hasattr(libc, "pivot_root") else "chroot", b"/tmp", b"/tmp"),
        ]
    )
)
