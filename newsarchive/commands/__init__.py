"""Scrapy's commands, where ours say more than Scrapy's (found through COMMANDS_MODULE).

Scrapy listens to signals once its reactor runs. A TERM that comes before, while modules are loaded, ends the process with the
code of a crawl that a signal stopped; nothing is open yet.
"""

import os
import signal

from newsarchive.exits import TERMINATED

signal.signal(signal.SIGTERM, lambda number, frame: os._exit(TERMINATED))
