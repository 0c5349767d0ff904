import csv
import fileinput
import sys

for row in csv.reader(fileinput.input()):
    print(fileinput.filename(), fileinput.lineno(), row)
