with open("main.py", "w") as file:
    file.write("# another text\n" * 20)
raise ValueError("shows what the file says now")
