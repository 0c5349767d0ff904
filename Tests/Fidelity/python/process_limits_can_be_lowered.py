import errno
import os
import resource

resource.setrlimit(resource.RLIMIT_NOFILE, (10, 10))
opened = []
try:
    while True:
        opened.append(os.open("/dev/null", os.O_RDONLY))
except OSError as error:
    print(opened, errno.errorcode[error.errno])
for number in opened:
    os.close(number)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    with open("big", "wb", buffering=0) as file:
        print(file.write(b"x" * 2000))
        file.write(b"y")
except OSError as error:
    print(errno.errorcode[error.errno], os.path.getsize("big"))
