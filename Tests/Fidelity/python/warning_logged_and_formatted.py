import logging
import sys
import warnings

logging.basicConfig(stream=sys.stdout, format="%(name)s %(levelname)s %(message)s")
logging.captureWarnings(True)
warnings.warn("through logging")
logging.captureWarnings(False)
print(warnings.formatwarning("text", UserWarning, "main.py", 1))
