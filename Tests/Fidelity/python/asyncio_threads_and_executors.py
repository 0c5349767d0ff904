import asyncio
import contextvars
import threading

name = contextvars.ContextVar("name", default="none")


def blocking(n):
    return n, name.get(), threading.current_thread() is threading.main_thread()


async def main():
    name.set("task")
    print(await asyncio.to_thread(blocking, 1))
    loop = asyncio.get_running_loop()
    print(await loop.run_in_executor(None, blocking, 2))
    done = asyncio.Event()
    threading.Thread(target=lambda: loop.call_soon_threadsafe(done.set)).start()
    await done.wait()
    print(type(loop).__name__, type(loop._selector).__name__, name.get())


asyncio.run(main())
print(name.get())
