import argparse

parser = argparse.ArgumentParser(description="what it does")
parser.add_argument("file")
parser.add_argument("--count", type=int, default=1, help="how many")
print(parser.prog)
print(parser.format_help())
parser.parse_args()
