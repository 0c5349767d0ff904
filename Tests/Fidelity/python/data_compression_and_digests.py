import binascii
import bz2
import gzip
import hashlib
import hmac
import lzma
import zlib

data = b"some data " * 100
print(zlib.crc32(data), zlib.adler32(data), len(zlib.compress(data)), gzip.decompress(gzip.compress(data)) == data)
print(len(bz2.compress(data)), lzma.decompress(lzma.compress(data)) == data, binascii.hexlify(b"\0\xff"))
for name in ("md5", "sha1", "sha256", "sha3_256", "blake2b"):
    print(name, hashlib.new(name, data).hexdigest()[:32])
print(hmac.new(b"key", data, "sha256").hexdigest()[:32], hashlib.pbkdf2_hmac("sha256", b"p", b"s", 1000).hex()[:32])
print(hashlib.scrypt(b"p", salt=b"s", n=16, r=1, p=1).hex()[:32], "md5" in hashlib.algorithms_guaranteed)
