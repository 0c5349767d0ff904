import json
import random
import re
import collections
import datetime
import typing

for module in (json, random, re, collections, datetime, typing):
    print(module.__name__, module.__file__, module.MINE)
