"""What the add-on switches off stays off: only the web is asked, and nobody can steer the crawl from outside."""

from __future__ import annotations

from scrapy.settings import Settings, default_settings

from newsarchive import settings
from newsarchive.addon import NewsArchive


def installed() -> Settings:
    """The project's settings with the add-on's above them, as a crawl has them."""
    found = Settings()
    found.setmodule(settings, priority="project")
    NewsArchive().update_settings(found)
    return found


def test_only_http_has_a_handler() -> None:
    handlers = installed().getwithbase("DOWNLOAD_HANDLERS")
    assert {scheme for scheme, handler in handlers.items() if handler} == {"http", "https"}
    assert handlers.keys() >= {"data", "file", "ftp", "s3"}  # named, so that Scrapy's own do not stand


def test_no_server_steers_the_crawl() -> None:
    found = installed()
    assert not found.getbool("TELNETCONSOLE_ENABLED")
    assert not found.getbool("REMOTE_CONTROL_ENABLED")
    assert default_settings.TELNETCONSOLE_ENABLED  # Scrapy still calls them so, and has them on
    assert default_settings.REMOTE_CONTROL_ENABLED
