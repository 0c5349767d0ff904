import locale
import os
import sys

# The image has the locale that LANG names.
print(os.environ["LANG"], locale.setlocale(locale.LC_ALL, ""))
print(locale.getlocale(), locale.getpreferredencoding(False), sys.flags.utf8_mode)
print(sys.stdin.errors, sys.stdout.errors, sys.stderr.errors, sys.getfilesystemencodeerrors())
for name in ["C", "POSIX", "C.UTF-8", "C.utf8"]:
    print(name, locale.setlocale(locale.LC_ALL, name))
for name in ["en_US.UTF-8", "de_DE.UTF-8", "no-such-locale"]:
    try:
        locale.setlocale(locale.LC_ALL, name)
    except locale.Error as error:
        print(name, error)
print(sorted(["b", "A", "ä", "a", "B"], key=locale.strxfrm), locale.format_string("%.1f", 1234.5, grouping=True))
