"""`python -m tracker` is the `tracker` command."""

import sys

from tracker.cli.main import command

if __name__ == "__main__":
    sys.exit(command())
