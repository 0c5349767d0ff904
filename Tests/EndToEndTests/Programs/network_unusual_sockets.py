import socket

wanted = {
    "raw": (2, 3, 1),
    "raw6": (10, 3, 58),
    "packet": (17, 3, 768),
    "vsock": (40, 1, 0),
    "alg": (38, 5, 0),
    "bluetooth": (31, 3, 0),
    "can": (29, 3, 1),
    "xdp": (44, 3, 0),
    "tipc": (30, 2, 0),
    "rds": (21, 5, 0),
    "kcm": (41, 2, 0),
    "x25": (9, 5, 0),
}
print(json.dumps({k: attempt(lambda: socket.socket(*v)) for k, v in wanted.items()}))
