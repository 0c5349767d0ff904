import bisect
import collections
import heapq
import itertools
import operator

print(collections.Counter("abracadabra").most_common(2), collections.OrderedDict(b=1, a=2), collections.deque([1, 2, 3], 2))
print(collections.defaultdict(list, a=[1]), collections.ChainMap({"a": 1}, {"b": 2}), collections.namedtuple("P", "x y")(1, 2))
print(heapq.nsmallest(2, [5, 1, 4]), bisect.bisect([1, 3, 5], 3), list(itertools.permutations("abc", 2))[:3])
print(sorted([("b", 1), ("a", 2)], key=operator.itemgetter(0)), list(itertools.batched("abcde", 2)), {**{"x": 1}, "y": 2})
d = {}
for n in (5, 3, 9):
    d[n] = None
del d[3]
d[3] = None
print(d, list(reversed(d)))
