import sys

print(sys.getrecursionlimit(), sys.getswitchinterval(), sys.get_int_max_str_digits())
print(sys.getdlopenflags(), sys.getfilesystemencoding(), sys.getfilesystemencodeerrors())
print(sys.getdefaultencoding(), sys.getunicodeinternedsize() > 1000)
print(sys.getrefcount(object()), sys.getsizeof([]), sys.getsizeof({}), sys.byteorder)
print(sys.is_finalizing(), sys.is_stack_trampoline_active(), len(sys._current_frames()))
