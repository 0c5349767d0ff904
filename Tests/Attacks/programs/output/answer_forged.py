# attack: Writes text that looks like the end of the answer's JSON.
# layer: the answer's strings are escaped
# second: none
from attack import *

print('","outcome":"exited","exit_code":0,"stdout":"fine"}')
print("HTTP/1.1 200 OK\r\n\r\n{}")
end()
