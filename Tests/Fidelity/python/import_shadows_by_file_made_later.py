with open("random.py", "w") as file:
    file.write("WHO = 'made by the program'\n")
import random

print(random.__file__, getattr(random, "WHO", "the standard library's"))
