import os

print(oct(os.umask(0o77)), os.getcwd(), os.listdir())
open("private", "w").close()
os.mkdir("folder")
print(oct(os.stat("private").st_mode), oct(os.stat("folder").st_mode), os.stat("main.py").st_uid)
print(oct(os.stat("main.py").st_mode), oct(os.stat(".").st_mode), os.stat(".").st_uid, os.access("/usr", os.W_OK))
