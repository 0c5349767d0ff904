import site

print(site.USER_BASE, site.USER_SITE, site.ENABLE_USER_SITE)
