"""Every setting with its default and the reason for it: the Scrapy settings module of the project.

A setting may be given as `-s NAME=VALUE`; for the names that begin with NEWSARCHIVE_ an environment variable of the same
name is the default.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Protocol

from newsarchive.errors import UsageError

_ROOT = Path(__file__).resolve().parent.parent


class _Settings(Protocol):
    def __getitem__(self, name: str) -> Any: ...


def archive_folder(settings: _Settings) -> Path:
    """The archive's folder; a relative path counts from the project's root, wherever the command is run."""
    return (_ROOT / Path(settings["NEWSARCHIVE_DIR"] or "archive").expanduser()).resolve()


def sites_folder() -> Path | None:
    """The folder of newspapers' files outside of the project (NEWSARCHIVE_SITES); a relative path is one of the project."""
    named = os.environ.get("NEWSARCHIVE_SITES")
    return (_ROOT / Path(named).expanduser()).resolve() if named else None


def positive(settings: _Settings, name: str) -> float:
    """The number in a setting. Raises UsageError if it is none, or not above 0."""
    number = _number(settings[name])
    if not 0 < number < float("inf"):
        raise UsageError(f"{name} must be a number above 0, not {settings[name]!r}")
    return number


def not_negative(settings: _Settings, name: str) -> float:
    """The number in a setting that may be 0. Raises UsageError if it is none, or below 0."""
    number = _number(settings[name])
    if not 0 <= number < float("inf"):
        raise UsageError(f"{name} must be a number, 0 or more, not {settings[name]!r}")
    return number


def _number(value: object) -> float:
    try:
        return float(str(value))
    except ValueError:
        return -1.0


BOT_NAME = "newsarchive"
SPIDER_MODULES = ["spiders"]
NEWSPIDER_MODULE = "spiders"
SPIDER_LOADER_CLASS = "newsarchive.newspapers.Newspapers"
COMMANDS_MODULE = "newsarchive.commands"
ADDONS = {"newsarchive.addon.NewsArchive": 0}

# The archive

NEWSARCHIVE_DIR = os.environ.get("NEWSARCHIVE_DIR", "archive")
# Who answers for the crawl and may be written to: a name and an e-mail address. It goes into the User-Agent, the header From and
# the WARCs; without an address only this machine is asked.
NEWSARCHIVE_OPERATOR = os.environ.get("NEWSARCHIVE_OPERATOR", "not named")
# On what grounds the operator archives ("legal deposit", "research project X"); goes into the WARCs.
NEWSARCHIVE_MANDATE = os.environ.get("NEWSARCHIVE_MANDATE", "not stated")
# How long the operator keeps what is archived, or by which rule; goes into the WARCs. Nothing is removed by it.
NEWSARCHIVE_RETENTION = os.environ.get("NEWSARCHIVE_RETENTION", "not stated")
# What is done with a page that asks not to be archived (`noarchive`): `record` says so on its capture, `omit` also keeps its
# article and comments out of the catalogue. Its bytes are kept either way: that it asks stands in them.
NEWSARCHIVE_NOARCHIVE = os.environ.get("NEWSARCHIVE_NOARCHIVE", "record")
# host:port pairs, parted by commas, that may be crawled although their address is private or their port is odd.
NEWSARCHIVE_ALLOW_PRIVATE = os.environ.get("NEWSARCHIVE_ALLOW_PRIVATE", "")
# Keys of comment platforms that want one, `name=key` pairs parted by commas (docs/platforms.md); they reach no record.
NEWSARCHIVE_KEYS = os.environ.get("NEWSARCHIVE_KEYS", "")
# A folder of newspapers' files of your own, outside of the project; every command knows them.
NEWSARCHIVE_SITES = os.environ.get("NEWSARCHIVE_SITES", "")
# Bytes after which a WARC file is closed and the next one opened; 1 GB is what WARC 1.1 recommends (Annex C).
NEWSARCHIVE_WARC_SIZE = os.environ.get("NEWSARCHIVE_WARC_SIZE", "1000000000")

# Bytes of the disk that stay free, or a twentieth of it where that is less: the crawl stops before, and closes what is open. One
# second of a fast crawl brings some megabytes, the catalogue's log may grow by some more; 100 MB leave room for other programs.
NEWSARCHIVE_FREE_BYTES = os.environ.get("NEWSARCHIVE_FREE_BYTES", "100000000")

# Reading

# Worker processes; a page takes 10 to 30 ms of one core, so two keep up with any polite crawl.
NEWSARCHIVE_READERS = os.environ.get("NEWSARCHIVE_READERS", "2")
# Seconds of CPU that one page may take; of the clock, three times as many. A page made to break libxml2 takes minutes, an
# honest one far below a second, a full sitemap 4.
NEWSARCHIVE_READ_SECONDS = os.environ.get("NEWSARCHIVE_READ_SECONDS", "20")
# Address space of a worker, in MiB; of memory it takes about 80 less. The readers alone take 150 to 230. A page of 200,000
# comments would need 1,100, and is flagged.
NEWSARCHIVE_READ_MEGABYTES = os.environ.get("NEWSARCHIVE_READ_MEGABYTES", "640")

# Signs that nothing has changed

# Days after which a page is asked for again although the site's own lists tell that its article and comments are as they were:
# their words, dates, parents, but not a new theme, nor an author's new name. 0: the lists are not asked for, all known pages are.
NEWSARCHIVE_SIGN_DAYS = os.environ.get("NEWSARCHIVE_SIGN_DAYS", "30")

# Limits of a crawl

# Pages of one thread that are asked for in one crawl; with 20 comments on each that is 20,000 comments.
# Articles that no list names any more are asked for at a crawl's end: a removal shows in no other way. So many in one crawl.
NEWSARCHIVE_UNLISTED = os.environ.get("NEWSARCHIVE_UNLISTED", "200")
NEWSARCHIVE_THREAD_PAGES = os.environ.get("NEWSARCHIVE_THREAD_PAGES", "1000")

# Sites that are crawled at the same time in one process (`newsarchive crawl`); each takes some 2 MB, and a share of one core.
NEWSARCHIVE_AT_ONCE = os.environ.get("NEWSARCHIVE_AT_ONCE", "50")

# Requests a day for known threads and articles of one site, in crawls that ask for what is due only (docs/visits.md). At a
# second's delay that is a quarter of an hour; the lists, and what is new, come on top.
NEWSARCHIVE_VISITS = os.environ.get("NEWSARCHIVE_VISITS", "1000")
# Whether a crawl asks for what is due only; `newsarchive crawl --due` sets it.
NEWSARCHIVE_DUE = os.environ.get("NEWSARCHIVE_DUE", "0")

# Pages that a crawl asks for, in all and of one server: two days and one day at a request a second.
NEWSARCHIVE_PAGES = os.environ.get("NEWSARCHIVE_PAGES", "200000")
NEWSARCHIVE_HOST_PAGES = os.environ.get("NEWSARCHIVE_HOST_PAGES", "100000")
# Pages without news that are asked for of one form of address, beyond those that brought some (newsarchive/crawl/budgets.py).
# A paged section whose articles are all known is given up after so many pages, a calendar after so many days.
NEWSARCHIVE_BARREN_PAGES = os.environ.get("NEWSARCHIVE_BARREN_PAGES", "50")
# Pages at one distance from the start, from the fourth link on: thirty sections page by page have fewer, mazes have more.
NEWSARCHIVE_DEPTH_PAGES = os.environ.get("NEWSARCHIVE_DEPTH_PAGES", "2000")
# Links from the start at which sitemaps are still asked for: robots.txt, an index, and one level more than the protocol allows.
NEWSARCHIVE_SITEMAP_DEPTH = os.environ.get("NEWSARCHIVE_SITEMAP_DEPTH", "3")
# Requests that may wait: a full sitemap (50,000) and something. Each takes about 3 KB with what Scrapy remembers of it. Beyond
# that the longest lane gives way; from half of it on, no more sitemaps are asked for.
NEWSARCHIVE_QUEUE = os.environ.get("NEWSARCHIVE_QUEUE", "75000")
# Outcomes of one kind that are listed with their address; the rest of them are counted.
NEWSARCHIVE_OUTCOMES = os.environ.get("NEWSARCHIVE_OUTCOMES", "10000")

# What article pages need to look as they did: all (stylesheets, images, fonts), images, or none. None by default: at a request a
# second, with a picture or more for each article, a first crawl takes twice as long or more, and the disk some ten times as much;
# words are proven without. Who wants to show pages switches it on, for all sites or in a newspaper's file.
NEWSARCHIVE_REQUISITES = os.environ.get("NEWSARCHIVE_REQUISITES", "none")
# Bytes of one of them; what came by then is kept, marked WARC-Truncated: length. Pictures in newspapers have 50 to 500 KB.
NEWSARCHIVE_REQUISITE_SIZE = os.environ.get("NEWSARCHIVE_REQUISITE_SIZE", "5000000")
# How many a crawl asks for: some three hours of one host. They wait behind the news, and must not fill the queue.
NEWSARCHIVE_REQUISITE_FILES = os.environ.get("NEWSARCHIVE_REQUISITE_FILES", "10000")

# Manners

# Seconds that a server may make the crawl wait for it (Retry-After). The usual values are 1 to 60; a page that would have to wait
# longer is given up for this crawl, and a server that asks for years does not get them.
NEWSARCHIVE_RETRY_AFTER = os.environ.get("NEWSARCHIVE_RETRY_AFTER", "60")
# Failures of a server in a row (no connection, no answer, 429, 5xx) after which it is left alone. One bad page, tried three
# times, is far from it; a server that is down is not asked 50,000 times more.
NEWSARCHIVE_HOST_ERRORS = os.environ.get("NEWSARCHIVE_HOST_ERRORS", "50")
USER_AGENT = "newsarchive/0.1 (news archive; operator: {operator})"  # {operator} is NEWSARCHIVE_OPERATOR
ROBOTSTXT_OBEY = True
DOWNLOAD_DELAY = 1.0  # a second between two requests to a host, with Scrapy's jitter of a half
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # one connection: a server that has become slow is asked more slowly
# When the site may be asked, by its own clock (the newspaper's time_zone, else UTC), as 22:00-06:00; empty: always.
NEWSARCHIVE_HOURS = os.environ.get("NEWSARCHIVE_HOURS", "")
RETRY_TIMES = 2
COOKIES_ENABLED = False  # a crawl sees what a passer-by sees, and no cookie reaches a record

# Limits

DOWNLOAD_TIMEOUT = 60  # seconds for one whole exchange; what came by then is kept, marked WARC-Truncated: time
DOWNLOAD_MAXSIZE = 64 * 1024 * 1024  # bytes on the wire; what came by then is kept, marked WARC-Truncated: length
DOWNLOAD_WARNSIZE = 0
DEPTH_LIMIT = 50  # links from the start; a paged section is as deep as it has pages
REDIRECT_MAX_TIMES = 10
URLLENGTH_LIMIT = 2000

# Bytes a second that an answer must bring, over a third of DOWNLOAD_TIMEOUT, once it has begun; what came by then is kept, marked
# WARC-Truncated: time. A modem brought thirty times as much.
NEWSARCHIVE_MINIMUM_RATE = os.environ.get("NEWSARCHIVE_MINIMUM_RATE", "100")
# Bytes of an answer's head. Servers of our days send 1 to 10 KB; browsers stop at 256 KiB.
NEWSARCHIVE_HEAD_SIZE = os.environ.get("NEWSARCHIVE_HEAD_SIZE", "262144")
# 1xx answers before the one that was asked for.
NEWSARCHIVE_INTERIM_ANSWERS = os.environ.get("NEWSARCHIVE_INTERIM_ANSWERS", "100")
# Seconds of CPU in which an answer's head and chunks must be told apart; 64 MiB in honest chunks take less than one.
NEWSARCHIVE_PARSE_SECONDS = os.environ.get("NEWSARCHIVE_PARSE_SECONDS", "3")
# Bytes of a robots.txt that are fetched; 500 KiB at least, which is what is parsed (RFC 9309, section 2.5).
NEWSARCHIVE_ROBOTS_SIZE = os.environ.get("NEWSARCHIVE_ROBOTS_SIZE", "1048576")

# Scrapy's machinery

CONCURRENT_ITEMS = 8  # the default starts 100 tasks for every page
DEFAULT_DROPITEM_LOG_LEVEL = "DEBUG"  # an unchanged comment is no warning
LOG_LEVEL = "INFO"
LOG_FORMATTER = "newsarchive.addon.QuietLog"
STATS_DUMP = False
FEED_EXPORT_ENCODING = "utf-8"
