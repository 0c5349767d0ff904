try:
    quit(3)
except SystemExit as end:
    print("quit", end.code)
print("stdin closed:", __import__("sys").stdin.closed)
exit("by exit()")
