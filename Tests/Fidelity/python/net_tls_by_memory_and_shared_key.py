import ssl

context = ssl.create_default_context()
print(context.verify_mode, context.check_hostname, context.minimum_version, ssl.HAS_TLSv1_3, ssl.OPENSSL_VERSION)
print(len(context.get_ciphers()) > 5, len(context.get_ca_certs()))
client, server = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
for side in (client, server):
    side.check_hostname = False
    side.verify_mode = ssl.CERT_NONE
    side.maximum_version = ssl.TLSVersion.TLSv1_2
    side.set_ciphers("PSK")
client.set_psk_client_callback(lambda hint: ("me", b"secret"))
server.set_psk_server_callback(lambda identity: b"secret")
to_client, to_server = ssl.MemoryBIO(), ssl.MemoryBIO()
ends = [client.wrap_bio(to_client, to_server), server.wrap_bio(to_server, to_client, server_side=True)]
pending = ends[:]
while pending:
    for end in pending[:]:
        try:
            end.do_handshake()
            pending.remove(end)
        except ssl.SSLWantReadError:
            pass
ends[0].write(b"over TLS")
print(ends[1].read(), ends[0].version(), ends[0].cipher()[0])
