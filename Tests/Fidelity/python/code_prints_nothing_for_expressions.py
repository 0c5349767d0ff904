1 + 1
"text"
_ = 3
print(_)
import this as zen
