import asyncio


async def work(n):
    await asyncio.sleep(0.01 * n)
    return n * n


async def main():
    print(await asyncio.gather(*(work(n) for n in range(5))))
    try:
        async with asyncio.timeout(0.02):
            await asyncio.sleep(5)
    except TimeoutError as error:
        print(repr(error))
    task = asyncio.create_task(work(500), name="long")
    await asyncio.sleep(0)
    task.cancel("enough")
    try:
        await task
    except asyncio.CancelledError as error:
        print("cancelled", error.args, task.get_name())
    return "result"


print(asyncio.run(main()))
print(asyncio.run(work(3)))
