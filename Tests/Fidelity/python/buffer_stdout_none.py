import sys

sys.stdout.write("before\n")
sys.stdout = None
print("nowhere")
sys.stderr = None
raise ValueError("nowhere either")
