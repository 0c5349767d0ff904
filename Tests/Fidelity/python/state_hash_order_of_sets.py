import collections
import enum
import os
import re
import string
import sys

words = "the quick brown fox jumps over the lazy dog and runs away from all of them".split()
print(set(words), frozenset(words[:5]), list({*string.ascii_lowercase}), sys.flags.hash_randomization)
print({word: index for index, word in enumerate(words)} | dict.fromkeys(set(words)))
print(set(map(type, [1, "", b"", ()])) == {int, str, bytes, tuple}, hash(("a", "b", 1)), hash(frozenset("abc")))
print(set(dir(re)) & set(words + ["compile", "match", "sub"]), hash(b"bytes"), hash(""), hash(re.compile("x").pattern))
print(set(vars(collections)) & {"Counter", "deque", "OrderedDict"}, set(os.environ) - {"X"})


class Colour(enum.Enum):
    RED = "red"
    BLUE = "blue"


print({Colour.RED, Colour.BLUE}, hash(Colour.RED), {b"a", b"b"}, set(sys.builtin_module_names[:9]))
