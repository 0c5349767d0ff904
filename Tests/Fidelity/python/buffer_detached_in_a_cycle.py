import sys


class Node:
    pass


node = Node()
node.self = node
node.binary = sys.stdout.detach()
node.binary.owner = node
node.binary.write(b"written when the cycle is collected\n")
del node
sys.stdout = None
