import os

os.environ["ADDED"] = "by the program"
os.execvp("python3", ["python3", "-I", "-c", "import os; print(sorted(os.environ.items()))"])
