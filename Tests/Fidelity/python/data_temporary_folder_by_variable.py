import tempfile

print(tempfile.gettempdir(), tempfile.mkdtemp().startswith("/workspace/own/"))
