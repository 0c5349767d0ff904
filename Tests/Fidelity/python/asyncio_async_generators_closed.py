import asyncio


async def numbers():
    try:
        n = 0
        while True:
            yield (n := n + 1)
    finally:
        await asyncio.sleep(0)
        print("generator closed")


async def main():
    source = numbers()
    async for n in source:
        if n == 3:
            break
    print([n async for n in limited(3)])
    print("main ends")
    main.kept = source


async def limited(n):
    for i in range(n):
        yield i


asyncio.run(main())
