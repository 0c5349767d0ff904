# attack: Writes control sequences for the terminal of who reads the answer.
# layer: the answer is JSON, in which they are escaped
# second: none
# ends: exited
from attack import *

sys.stdout.write("\x1b]0;owned\x07\x1b[2J\x1b[31m\u202e\x00\x7f\n")
end()
