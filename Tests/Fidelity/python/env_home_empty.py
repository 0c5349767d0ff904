import os
import site

print(site.USER_BASE, site.USER_SITE, repr(os.path.expanduser("~/x")))
