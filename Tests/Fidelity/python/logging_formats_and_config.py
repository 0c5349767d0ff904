import logging
import logging.config
import logging.handlers
import os
import sys

logging.config.dictConfig({
    "version": 1,
    "formatters": {"full": {"format": "%(levelname)s:%(name)s:%(filename)s:%(lineno)d:%(funcName)s:%(processName)s:%(threadName)s:%(module)s:%(pathname)s: %(message)s"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "full"}},
    "root": {"handlers": ["out"], "level": "DEBUG"}})


def work():
    logging.getLogger("a.b").debug("from %s", "work", extra={"x": 1})
    logging.getLogger("a").info("stack", stack_info=True)


work()
record = logging.makeLogRecord({"msg": "x"})
print(record.process == os.getpid(), record.processName, record.relativeCreated < 3_600_000)
logging.getLogger("a").handlers.append(logging.handlers.MemoryHandler(10, target=logging.StreamHandler(sys.stdout)))
logging.getLogger("a").propagate = False
logging.getLogger("a").warning("flushed by logging.shutdown at exit")
