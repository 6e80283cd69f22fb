"""The Scrapy add-on: one line in a project's ADDONS setting makes its crawls land in the archive."""

from __future__ import annotations

from typing import Any

from scrapy import Spider, logformatter
from scrapy.settings import BaseSettings

from newsarchive.logs import make_safe
from newsarchive.manners import mailbox
from newsarchive.text import clean_line

_HANDLERS = {
    "http": "newsarchive.capture.handler.CaptureHandler",
    "https": "newsarchive.capture.handler.CaptureHandler",
    # A link to file://host/etc/passwd would be read, and pass allowed_domains: only the web is asked.
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
_MIDDLEWARES = {
    "newsarchive.capture.scope.ScopeMiddleware": 50,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "newsarchive.capture.robots.RobotsMiddleware": 100,
    "newsarchive.capture.again.AnswersFromArchive": 110,  # before all that is about the net: what is captured needs no patience
    "newsarchive.capture.conditional.ConditionalMiddleware": 120,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "newsarchive.capture.patience.PatienceMiddleware": 560,  # outside of RetryMiddleware (550): it sees each failure
    "newsarchive.capture.redirect.RecordingRedirectMiddleware": 600,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    # The capture handler hands on decoded bodies; a page's own refresh, a proxy or credentials are not its business.
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": None,
}
_SPIDER_MIDDLEWARES = {
    # NewsSite counts for itself: the pages of one thread, however many, are no links deeper; and what it leaves out is told.
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,  # ScopeMiddleware sees redirects, too
}
_PIPELINES = {
    "pipelines.normalise.Normalise": 100,
    "pipelines.deduplicate.Deduplicate": 200,
    "pipelines.store.Store": 300,
}
_SWITCHES: dict[str, Any] = {
    "SCHEDULER_PRIORITY_QUEUE": "newsarchive.capture.frontier.Frontier",
    "DOWNLOADER": "newsarchive.capture.downloader.ServerDownloader",
    "REMOTE_CONTROL_ENABLED": False,  # a server on loopback that runs Python
    "TELNETCONSOLE_ENABLED": False,
    "DOWNLOAD_VERIFY_CERTIFICATES": True,
    "DOWNLOAD_FAIL_ON_DATALOSS": False,  # a cut answer is kept, and marked as cut
    "HTTPERROR_ALLOW_ALL": True,  # a 404 or 410 is news; NewsSite has its own gate
}


class NewsArchive:
    """Installs the capture handler, the robots middleware, the crawl extension and the three pipelines."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Set what the archive needs, at the add-ons' priority: a user's own settings stand above."""
        make_safe()
        for name, components in (
            ("DOWNLOAD_HANDLERS", _HANDLERS),
            ("DOWNLOADER_MIDDLEWARES", _MIDDLEWARES),
            ("SPIDER_MIDDLEWARES", _SPIDER_MIDDLEWARES),
            ("ITEM_PIPELINES", _PIPELINES),
            ("FEED_EXPORTERS", {"csv": "newsarchive.exports.feeds.SafeCsv"}),
            ("EXTENSIONS", {"newsarchive.crawl.Crawl": 0, "newsarchive.crawl.unlisted.Unlisted": 10}),
        ):
            settings[name].update(components, priority="addon")
        for name, value in _SWITCHES.items():
            settings.set(name, value, "addon")
        # What warcio can decode, and every server can send.
        headers = {"Accept-Encoding": "gzip, deflate", "From": mailbox(str(settings["NEWSARCHIVE_OPERATOR"]))}
        settings["DEFAULT_REQUEST_HEADERS"].update(headers, priority="addon")
        agent = str(settings["USER_AGENT"]).replace("{operator}", clean_line(str(settings["NEWSARCHIVE_OPERATOR"])))
        settings.set("USER_AGENT", agent, settings.getpriority("USER_AGENT") or "addon")


class QuietLog(logformatter.LogFormatter):
    """Scrapy's log lines about items, with the item's id in the place of all its text."""

    def dropped(self, item: Any, exception: BaseException, response: Any, spider: Spider) -> logformatter.LogFormatterResult:
        """One line per dropped item: why, and which."""
        return super().dropped(getattr(item, "id", item), exception, response, spider)

    def scraped(self, item: Any, response: Any, spider: Spider) -> logformatter.LogFormatterResult:
        """One line per item, at DEBUG: which."""
        return super().scraped(getattr(item, "id", item), response, spider)
