import ctypes, mmap, os

if os.uname().machine == "x86_64":
    code = bytes([0xB8, 20, 0, 0, 0, 0xCD, 0x80, 0xC3])  # getpid by int 0x80
    page = mmap.mmap(-1, 4096, prot=7)
    page.write(code)
    call = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))
    print("survived", call(), flush=True)
    os._exit(0)
os.kill(os.getpid(), 31)
