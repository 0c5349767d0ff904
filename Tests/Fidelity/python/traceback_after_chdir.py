import os

os.chdir("/tmp")
print(__file__, os.path.exists(__file__))


def fail():
    assert 1 == 2, "after chdir"


fail()
