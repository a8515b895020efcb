"""Starts the console: `python main.py --help` tells how."""

import sys

from console.app import main

if __name__ == "__main__":
    sys.exit(main())
