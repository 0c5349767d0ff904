import subprocess

data = bytes(range(256)) * 2000
done = subprocess.run(["cat"], input=data, capture_output=True)
print(done.stdout == data, len(done.stdout))
