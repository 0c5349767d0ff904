import warnings

warnings.simplefilter("error")
try:
    warnings.warn("now an error")
except UserWarning as error:
    print("caught", error)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    warnings.warn("recorded", FutureWarning)
print([(str(w.message), w.category.__name__, w.lineno, w.filename) for w in caught])
int("1") is 1
warnings.warn("uncaught")
