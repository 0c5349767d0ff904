import logging

logging.debug("hidden")
logging.getLogger("own").warning("by the last resort")
logging.getLogger("own").info("hidden")
logging.warning("configures the root")
logging.getLogger("own").error("after that")
try:
    1 / 0
except ZeroDivisionError:
    logging.exception("with trace")
