import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--version", action="version", version="%(prog)s 1.0")
commands = parser.add_subparsers(dest="command", required=True)
commands.add_parser("run", help="runs")
try:
    parser.parse_args(["--version"])
except SystemExit as end:
    print(end.code)
parser.parse_args(["--help"])
