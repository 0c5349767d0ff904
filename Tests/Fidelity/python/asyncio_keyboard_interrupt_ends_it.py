import asyncio
import signal


async def main():
    signal.raise_signal(signal.SIGINT)
    await asyncio.sleep(5)


try:
    asyncio.run(main())
finally:
    print("finally")
