"""`python -m tracker` is the `tracker` command."""

import sys

from tracker.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
