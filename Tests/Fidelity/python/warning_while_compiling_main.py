x = "\d"
if x is "text":
    pass
assert (x, "always true")
print(x)
