"""``python -m gdviz`` is the same as ``gdviz``."""

import sys

from gdviz.cli import main

if __name__ == "__main__":
    sys.exit(main())
