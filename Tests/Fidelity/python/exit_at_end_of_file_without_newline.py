print("no newline at the end of this file", end="")
