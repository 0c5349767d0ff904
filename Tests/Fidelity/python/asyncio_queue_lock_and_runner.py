import asyncio


async def producer(queue):
    for n in range(5):
        await queue.put(n)
    await queue.put(None)


async def consumer(queue):
    total = 0
    while (item := await queue.get()) is not None:
        total += item
    return total


async def main():
    queue = asyncio.Queue(2)
    _, total = await asyncio.gather(producer(queue), consumer(queue))
    async with asyncio.Lock(), asyncio.Semaphore(1):
        return total


with asyncio.Runner() as runner:
    print(runner.run(main()), runner.run(main()))
try:
    asyncio.get_running_loop()
except RuntimeError as error:
    print(error)
