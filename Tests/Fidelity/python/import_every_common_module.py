import importlib

names = """abc argparse array ast asyncio base64 bisect bz2 calendar cmath codecs collections
concurrent.futures configparser contextlib copy csv ctypes curses dataclasses datetime decimal difflib dis
doctest email enum fractions functools getpass gettext glob graphlib gzip hashlib heapq hmac html http.client
http.server imaplib inspect io ipaddress itertools json keyword linecache locale logging.config lzma mailbox
marshal math mimetypes mmap multiprocessing netrc numbers operator os pathlib pdb pickle platform plistlib
poplib pprint profile pstats pty queue quopri random re readline reprlib resource sched secrets select
selectors shelve shlex shutil signal smtplib socket socketserver sqlite3 ssl stat statistics string stringprep
struct subprocess symtable sysconfig tarfile tempfile termios textwrap threading time timeit token tokenize
tomllib trace traceback tracemalloc tty types typing unicodedata unittest urllib.request uuid venv warnings
wave weakref webbrowser wsgiref.simple_server xml.dom.minidom xml.etree.ElementTree xmlrpc.client zipapp
zipfile zipimport zlib zoneinfo""".split()
for name in names:
    try:
        importlib.import_module(name)
    except ImportError as error:
        print(name, error)
print(len(names))
