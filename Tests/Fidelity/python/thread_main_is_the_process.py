import os
import threading

main = threading.main_thread()
print(main is threading.current_thread(), main.ident == threading.get_ident(), main.is_alive())
print(main.native_id == os.getpid(), threading.get_native_id() == os.getpid())
print(os.listdir("/proc/self/task") == [str(os.getpid())])
print(threading.enumerate() == [main], main.daemon, main.name)
other = threading.Thread(target=lambda: print(threading.get_native_id() != os.getpid(), os.getpid() == int(os.readlink("/proc/self"))))
other.start()
other.join()
print(other.ident != main.ident, other.name)
