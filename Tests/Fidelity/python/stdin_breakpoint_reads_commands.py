x = 3
breakpoint()
print("after", x)
