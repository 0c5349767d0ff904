def outer(value):
    return middle(value) + 1


def middle(value):
    return inner(value, key="k")


def inner(value, key):
    return 10 / value


print("before")
outer(0)
