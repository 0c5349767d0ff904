import threading
import xmlrpc.client
import xmlrpc.server

server = xmlrpc.server.SimpleXMLRPCServer(("127.0.0.1", 0), logRequests=False)
server.register_function(pow)
threading.Thread(target=server.serve_forever, args=(0.01,)).start()
proxy = xmlrpc.client.ServerProxy(f"http://127.0.0.1:{server.server_address[1]}")
print(proxy.pow(2, 10))
try:
    proxy.nothing()
except xmlrpc.client.Fault as fault:
    print(fault.faultString)
server.shutdown()
