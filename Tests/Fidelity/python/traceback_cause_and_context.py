def load():
    try:
        {}["missing"]
    except KeyError as error:
        raise ValueError("cannot load") from error


def main():
    try:
        load()
    except ValueError:
        raise RuntimeError("gave up")


main()
