import warnings

print(warnings.filters)


def old():
    warnings.warn("old is deprecated", DeprecationWarning, stacklevel=2)


for _ in range(3):
    old()
old()
warnings.warn("plain")
for _ in range(2):
    warnings.warn("in a loop", UserWarning)
warnings.warn("pending", PendingDeprecationWarning)
warnings.warn("resource", ResourceWarning)
warnings.warn("import", ImportWarning)
