import bz2
import ctypes
import hashlib
import io
import lzma
import sqlite3
import ssl
import zipfile
import zlib

database = sqlite3.connect("jobs.db")
database.execute("create table t (n integer)")
database.executemany("insert into t values (?)", [(n,) for n in range(3)])
database.commit()
print("sqlite", database.execute("select count(*) from t").fetchone()[0], "rows")

text = b"the same again and again " * 100
assert zlib.decompress(zlib.compress(text)) == text
assert bz2.decompress(bz2.compress(text)) == text
assert lzma.decompress(lzma.compress(text)) == text
archive = io.BytesIO()
with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as writer:
    writer.writestr("a.txt", text)
assert zipfile.ZipFile(archive).read("a.txt") == text
print("zlib bz2 lzma zip")

print("sha256", hashlib.sha256(b"hello").hexdigest()[:8])
assert ssl.HAS_TLSv1_3 and ssl.create_default_context().check_hostname
print("ctypes", ctypes.CDLL(None).strlen(b"hello"))
