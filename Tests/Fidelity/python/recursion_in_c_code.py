import json
import pickle

nested = []
for _ in range(100_000):
    nested = [nested]
for attempt in (repr, json.dumps, pickle.dumps, lambda value: value == [value[0]]):
    try:
        print(attempt(nested))
    except RecursionError as error:
        print(type(error).__name__, str(error)[:40])
try:
    compile("(" * 5000 + ")" * 5000, "<deep>", "eval")
except SyntaxError as error:
    print(error)
while nested:
    nested = nested[0]
