exec("x = 1\nprint(x)")
print(eval("x + 1"))
code = compile("def f():\n    raise ValueError('inside')\nf()\n", "generated.py", "exec")
exec(code)
