import codecs
import os
import site

print(os.__file__, codecs.__file__, site.__file__)
