import asyncio


async def fail(kind):
    await asyncio.sleep(0)
    raise kind("in task")


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail(ValueError))
            group.create_task(fail(KeyError))
    except* ValueError as errors:
        print("values", errors.exceptions)
    except* KeyError as errors:
        print("keys", errors.exceptions)
    raise RuntimeError("out of run")


asyncio.run(main())
