import json
import re
import string
import textwrap

print(re.findall(r"(?P<word>\w+)@(\w+)", "ann@home bob@work"), re.sub(r"\d+", lambda m: str(int(m[0]) * 2), "a1b22"))
print(re.split(r"[,;]\s*", "a, b;c"), re.fullmatch(r"(?i)ÄB", "äb"), re.compile(r"x*").pattern)
try:
    re.compile("(")
except re.error as error:
    print(error)
print(json.dumps({"b": [1, 2.5, None, True], "a": "grüße\n"}, sort_keys=True), json.loads('{"x": 1e3, "y": "\\u00e4"}'))
try:
    json.loads('{"x": }')
except json.JSONDecodeError as error:
    print(error)
print(string.Template("$a-${b}").substitute(a=1, b=2), textwrap.fill("word " * 10, 20), "{:>{w}}".format("x", w=4))
