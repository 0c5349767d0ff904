import _interpreters

own = _interpreters.create()
print(_interpreters.exec(own, "import sys; print(sys.path, sys.argv)"))
_interpreters.destroy(own)
