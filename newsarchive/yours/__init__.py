"""The newspapers of your own: the files in the folder that NEWSARCHIVE_SITES names are the modules of this package.

So its own reader has a name, `newsarchive.yours.gazette:Gazette`, that holds in the readers' processes and in a rebuild.
"""

from newsarchive.settings import sites_folder

__path__ = [str(folder)] if (folder := sites_folder()) else []
