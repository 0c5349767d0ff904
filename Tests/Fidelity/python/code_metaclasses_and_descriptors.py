import abc
import functools


class Meta(type):
    def __new__(meta, name, bases, space, **options):
        print("making", name, [k for k in space if not k.startswith("__")], options)
        return super().__new__(meta, name, bases, space)


class Base(metaclass=Meta, option=1):
    def __init_subclass__(cls, **options):
        print("subclass", cls.__qualname__, options)

    def __class_getitem__(cls, item):
        return f"{cls.__name__}[{item}]"


class Derived(Base):
    @functools.cached_property
    def slow(self):
        print("computed")
        return 1


d = Derived()
print(d.slow, d.slow, Base[int], Derived.__mro__, Derived.__module__)


class Abstract(abc.ABC):
    @abc.abstractmethod
    def f(self): ...


try:
    Abstract()
except TypeError as error:
    print(error)
print(functools.lru_cache(lambda x: x)(3), functools.reduce(lambda a, b: a * b, [1, 2, 3]), functools.partial(int, base=2)("101"))
