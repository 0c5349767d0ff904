print(hash(1), hash(-1), hash(2**61 - 1), hash(2**100), hash(1.5), hash(float("inf")), hash(1 + 2j))
print(hash((1, 2, 3)), hash(()), hash(((1,), 2.5)), hash(frozenset({1, 2, 3})), hash(True), hash(None) == hash(None))
print(list({5, 1, 9, 3}), list({3: 0, 1: 0, 2: 0}), hash(range(3)) == hash((3, 0, 1)) or "tuple-like")
print(hash("a") == hash("a"), hash("a") != hash("b"), hash(b"a") == hash("a"))
