import space.a
import left

print(space.__path__, space.__file__ if hasattr(space, "__file__") else "no file", space.__spec__.loader.__class__.__name__)
print(space.a.VALUE, left.right.left is left)
from broken_circle import value
