import asyncio
from concurrent.futures import ThreadPoolExecutor

with ThreadPoolExecutor(4) as pool:
    print(list(pool.map(lambda n: n * n, range(4))))


async def later(n):
    await asyncio.sleep(0.001 * (3 - n))
    return n * 10


async def main():
    print(await asyncio.gather(*(later(n) for n in range(3))))


asyncio.run(main())
