def numbers():
    try:
        yield 1
        yield 2
    finally:
        print("generator closed")


def suspended():
    with open("/dev/null") as file:
        try:
            yield file
        except GeneratorExit:
            print("GeneratorExit", file.closed)
            raise


a = numbers()
b = suspended()
print(next(a), next(b).name)
