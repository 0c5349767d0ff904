import io
import sys

kept = sys.stdout
sys.stdout = io.StringIO()
print("captured")
text = sys.stdout.getvalue()
sys.stdout = kept
print("got", repr(text))
raw = sys.stdout.detach()
raw.write(b"raw bytes\n")
sys.stdout = io.TextIOWrapper(raw, encoding="utf-16-le", write_through=True)
print("wide")
