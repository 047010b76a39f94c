"""`python -m dashboard`."""

import sys

from dashboard.server import end_on_signals, main

if __name__ == "__main__":
    end_on_signals()
    sys.exit(main())
