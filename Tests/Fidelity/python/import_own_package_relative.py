import sys

import app
from app.models import user
from app.models.user import User as Alias

print(app.__path__, app.__file__, app.__spec__.submodule_search_locations)
print(user.User is Alias, Alias.__module__, user.__package__, user.describe())
print(sorted(name for name in sys.modules if name.startswith("app")))
