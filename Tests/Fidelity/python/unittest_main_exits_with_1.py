import io
import re
import sys
import unittest


class Arithmetic(unittest.TestCase):
    def test_adds(self):
        self.assertEqual(1 + 1, 2)

    def test_fails(self):
        self.assertEqual([1, 2, 3], [1, 2, 4])

    def test_raises(self):
        {}["x"]

    @unittest.skip("not today")
    def test_skipped(self):
        pass


class Cleaned(io.StringIO):
    def __del__(self):
        text = re.sub(r"in \d\.\d+s", "in TIME", self.getvalue())
        print(text)


unittest.main(testRunner=unittest.TextTestRunner(stream=Cleaned(), verbosity=2))
