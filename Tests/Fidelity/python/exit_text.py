import sys

print("out")
sys.exit("grüße: a message")
