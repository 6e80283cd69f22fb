"""newsarchive: news articles and their readers' comments, kept byte for byte and catalogued."""

from importlib.metadata import version

__version__ = version("newsarchive")
