import inspect


class Thing:
    """Its doc."""

    def method(self, a, b=2, *args, c, **kw):
        """Method's doc."""
        return inspect.stack()


def function():
    return inspect.currentframe().f_back.f_lineno


print(inspect.getsource(Thing.method), inspect.getdoc(Thing), inspect.signature(Thing.method))
print(inspect.getsourcefile(Thing), inspect.getfile(function), inspect.getmodule(function).__name__)
print(inspect.getsourcelines(function)[1], function())
stack = Thing().method(1, c=3)
print([(f.function, f.lineno, f.filename, f.code_context) for f in stack])
print((lambda: inspect.getsource(inspect.currentframe()))())
