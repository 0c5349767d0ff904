import atexit
import contextvars
import decimal
import faulthandler
import gc
import linecache
import logging
import mimetypes
import os
import signal
import socket
import tempfile
import threading
import tracemalloc
import warnings

print(logging.root.handlers, logging.root.level, logging.Logger.manager.loggerDict, logging.raiseExceptions)
print(socket.getdefaulttimeout(), tempfile.tempdir, mimetypes.inited, linecache.cache)
print(faulthandler.is_enabled(), tracemalloc.is_tracing(), threading.stack_size())
print(decimal.getcontext(), decimal.DefaultContext.prec)
print(gc.isenabled(), gc.get_threshold(), gc.get_debug(), gc.garbage, gc.callbacks)
print(warnings.filters)
print(threading.active_count(), threading.main_thread().name, threading.current_thread().daemon)
print(signal.get_wakeup_fd() if hasattr(signal, "get_wakeup_fd") else signal.set_wakeup_fd(-1))
print(os.getcwd(), os.get_exec_path(), os.umask(0o22), os.path.expanduser("~"))
