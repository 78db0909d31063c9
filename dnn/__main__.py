"""`python -m dnn` opens the page; `python -m dnn --help` lists the other commands."""

import sys

from dnn.cli import main

if __name__ == "__main__":
    sys.exit(main())
