import from_lib

print(from_lib.VALUE)
