import _interpreters

identity = _interpreters.create()
print(_interpreters.exec(identity, "import sys; x = 5; print('inside', sys.argv, __name__, flush=True)"))
print(_interpreters.exec(identity, "raise ValueError(x)").formatted)
_interpreters.destroy(identity)
print(len(_interpreters.list_all()))
