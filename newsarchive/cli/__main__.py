"""`python -m newsarchive.cli`."""

import os
import sys

from newsarchive.cli import main

sys.exit(main(prog_name=os.environ.get("NEWSARCHIVE_PROG", "newsarchive")))
