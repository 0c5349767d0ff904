import subprocess
import sys

print(sys.warnoptions, sys._xoptions, sys.flags.dev_mode, sys.flags.utf8_mode)
print(subprocess._args_from_interpreter_flags())
