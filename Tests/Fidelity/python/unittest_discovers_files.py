import unittest

suite = unittest.defaultTestLoader.discover("tests")
result = unittest.TestResult()
suite.run(result)
print(result.testsRun, len(result.failures), result.errors)
print(result.failures[0][1])
