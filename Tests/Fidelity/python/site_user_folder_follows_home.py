import os
import site

print(site.ENABLE_USER_SITE, site.USER_BASE, site.USER_SITE, site.getusersitepackages(), os.path.expanduser("~"))
