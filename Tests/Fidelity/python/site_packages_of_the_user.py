import sys

print(sys.path)
try:
    import own_package

    print(own_package.__file__)
except ImportError as error:
    print(error)
