import sys

sys.stdout = open("out.txt", "w")
print("goes to the file")
sys.stderr = sys.__stdout__
print("goes out", file=sys.stderr)
raise ValueError("trace goes to standard output")
