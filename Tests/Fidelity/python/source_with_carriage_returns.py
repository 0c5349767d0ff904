x = """a
b"""
if x:
    print(repr(x))
raise ValueError("line 5")
