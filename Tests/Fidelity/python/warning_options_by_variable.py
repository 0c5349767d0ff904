import sys
import warnings

print(sys.warnoptions, len(warnings.filters))
warnings.warn("now an error")
