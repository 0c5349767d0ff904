import sys

print("grüße 日本語 🦆 \u200d \x00 \x1b[1m")
sys.stdout.write("lone byte \udcff\n")
print("as is", ascii("\ud800"), file=sys.stderr)
print("on stderr \ud800 \udcff", file=sys.stderr)
print("and \ud800 on stdout")
