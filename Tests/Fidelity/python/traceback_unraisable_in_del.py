import sys


class Failing:
    def __get__(self, instance, owner):
        return self

    def __call__(self):
        raise ValueError("in del")

    def __repr__(self):
        return "<a failing __del__>"


class Noisy:
    __del__ = Failing()


Noisy()
print("still here")
sys.unraisablehook = lambda u: print("hook", u.exc_type.__name__, u.exc_value, u.err_msg, u.object)
Noisy()
