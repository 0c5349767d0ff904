import asyncio
import sys


async def main():
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "import sys; print(sys.stdin.read().upper()); sys.exit(3)",
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE)
    print(await child.communicate(b"text"), child.returncode)
    shell = await asyncio.create_subprocess_shell("echo out; echo err >&2; kill -TERM $$", stdout=-1, stderr=-1)
    print(await shell.communicate(), shell.returncode)
    many = await asyncio.gather(*(asyncio.create_subprocess_exec("sh", "-c", f"exit {n}") for n in range(5)))
    print([await each.wait() for each in many])


asyncio.run(main())
