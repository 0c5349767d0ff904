input("prompt: ")
