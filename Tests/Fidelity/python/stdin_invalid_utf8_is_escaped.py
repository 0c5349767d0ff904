import sys

text = sys.stdin.readline()
print(ascii(text))
sys.stdout.write(text)
strict = open(0, encoding="utf-8", closefd=False)
print(ascii(sys.stdin.readline()), strict.errors)
sys.stdin.buffer.readline().decode()
