import code
import sys

sys.ps1 = sys.ps2 = ""
code.interact(banner="begin", exitmsg="end", local={"x": 5})
