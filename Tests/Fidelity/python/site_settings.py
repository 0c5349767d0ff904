import os
import site
import sys
import sysconfig

print(site.ENABLE_USER_SITE, site.getusersitepackages(), site.getsitepackages(), site.PREFIXES)
print(sysconfig.get_path("stdlib"), sysconfig.get_platform(), sysconfig.get_python_version())
print(type(exit).__name__, hasattr(sys, "__interactivehook__"), sys.stdlib_module_names >= {"os", "json"})
print(os.path.isdir(site.getusersitepackages()))
