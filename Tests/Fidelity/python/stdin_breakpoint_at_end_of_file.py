def f():
    value = 1
    breakpoint()
    return value


f()
