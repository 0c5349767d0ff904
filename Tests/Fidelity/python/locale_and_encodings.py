import codecs
import locale
import os
import sys

print(locale.getlocale(), locale.getpreferredencoding(), locale.getencoding(), locale.setlocale(locale.LC_ALL))
print(sys.getfilesystemencoding(), sys.stdout.encoding, open("x", "w").encoding, codecs.lookup("utf8").name)
print(locale.setlocale(locale.LC_ALL, "C"), locale.localeconv()["decimal_point"], f"{1234567.5:n}")
try:
    locale.setlocale(locale.LC_ALL, "de_DE.UTF-8")
except locale.Error as error:
    print(error)
print("grüße".encode("latin-1"), "日本".encode("shift_jis"), b"\xe4".decode("cp1252"), "ß".upper(), "İ".lower(), "é" == "e\u0301")
open("grüße-🦆.txt", "w").close()
print([name for name in os.listdir() if "🦆" in name], os.fsencode("\udcff"))
