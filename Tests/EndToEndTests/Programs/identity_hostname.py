import socket

print(json.dumps([socket.gethostname(), os.uname().nodename, call("sethostname", b"x", 1)]))
