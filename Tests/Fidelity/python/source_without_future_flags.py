import __future__


def f(x: len, y: print = 1) -> int:
    pass


print(f.__annotations__ == {"x": len, "y": print, "return": int})
flags = compile("1", "t", "eval").co_flags
print([name for name in __future__.all_feature_names if flags & getattr(__future__, name).compiler_flag])
