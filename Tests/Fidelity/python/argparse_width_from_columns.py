import argparse
import os
import shutil

print(shutil.get_terminal_size(), os.environ["COLUMNS"])
parser = argparse.ArgumentParser()
parser.add_argument("--option", help="a long text that is wrapped by the width of the terminal as told")
parser.print_help()
