import logging
import sys

logging.basicConfig(level=logging.INFO, stream=sys.stderr)
logging.info("%d", "not a number")
print("goes on")
