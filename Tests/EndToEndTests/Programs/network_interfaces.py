import socket, subprocess, sys

line = "import socket; print(socket.if_nameindex(), socket.if_nametoindex('lo'), "
line += "socket.if_indextoname(1), flush=True)"
exec(line)
subprocess.run([sys.executable, "-c", line])
