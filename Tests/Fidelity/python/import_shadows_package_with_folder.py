import asyncio
import logging.handlers

print(asyncio.__file__, asyncio.WHO, logging.handlers.WHO)
