class Failing:
    def __get__(self, instance, owner):
        return self

    def __call__(self):
        raise RuntimeError("at exit")

    def __repr__(self):
        return "<a failing __del__>"


class Bad:
    __del__ = Failing()


bad = Bad()
print("main ends")
