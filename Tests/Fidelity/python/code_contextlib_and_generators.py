import asyncio
import contextlib
import itertools


@contextlib.contextmanager
def step(name):
    print("enter", name)
    try:
        yield name
    finally:
        print("leave", name)


with contextlib.ExitStack() as stack, contextlib.suppress(KeyError), contextlib.redirect_stdout(__import__("sys").stderr):
    print([stack.enter_context(step(n)) for n in "ab"])
    {}["x"]


def echo():
    received = None
    while True:
        received = yield received


g = echo()
next(g)
print(g.send(5), list(itertools.islice(itertools.count(3), 2)), g.gi_running)
g.close()


async def coroutine():
    async with contextlib.AsyncExitStack() as inner:
        inner.push_async_callback(asyncio.sleep, 0)
        return "async"


print(asyncio.run(coroutine()))
