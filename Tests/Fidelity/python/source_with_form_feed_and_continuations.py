print(1)
x = 1 + \
    2

print(x); print("same line")
class A: y = 2; z = 3
print(A.z)