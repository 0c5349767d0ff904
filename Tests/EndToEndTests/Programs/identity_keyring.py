numbers = {"x86_64": (248, 249, 250), "aarch64": (217, 218, 219)}[os.uname().machine]
print(
    json.dumps(
        [
            call("syscall", numbers[0], b"user", b"d", b"p", 1, -3),
            call("syscall", numbers[1], b"user", b"d", None, -3),
            call("syscall", numbers[2], 0, -3, 0),
        ]
    )
)
