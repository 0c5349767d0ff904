import os

print("twice")
child = os.fork()
if child:
    os.waitpid(child, 0)
    print("parent")
else:
    print("child")
