"""Crawls what standard input asks for and prints what was kept, as JSON; run by the fixture `crawl`."""

from __future__ import annotations

import base64
import dataclasses
import json
import sys
from collections.abc import AsyncIterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred, fail, succeed
from twisted.internet.error import DNSLookupError
from twisted.python.failure import Failure

import newsarchive.settings
from newsarchive.capture.handler import CaptureHandler
from newsarchive.capture.patience import PatienceMiddleware
from newsarchive.capture.robots import RobotsMiddleware
from newsarchive.vault.exchange import Capture, Exchange

kept: list[dict[str, Any]] = []
missed: list[dict[str, Any]] = []
responses: dict[str, dict[str, Any]] = {}
failures: dict[str, str] = {}

DEFAULTS = {
    "DOWNLOAD_HANDLERS": {scheme: "__main__.Recorder" for scheme in ("http", "https")}
    | dict.fromkeys(["ftp", "file", "data", "s3"]),
    "DOWNLOADER_MIDDLEWARES": {
        "__main__.RobotsRecorder": 100,
        "__main__.PatienceRecorder": 560,
        "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
        "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    },
    "DOWNLOADER": "newsarchive.capture.downloader.ServerDownloader",
    **{name: value for name, value in vars(newsarchive.settings).items() if name.startswith("NEWSARCHIVE_")},
    "TWISTED_DNS_RESOLVER": "__main__.LyingResolver",
    "DOWNLOAD_VERIFY_CERTIFICATES": True,
    "HTTPERROR_ALLOW_ALL": True,
    "RETRY_ENABLED": False,
    "COOKIES_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
    "LOG_LEVEL": "WARNING",
    "USER_AGENT": "newsarchive/0.1 (test)",
    "DEFAULT_REQUEST_HEADERS": {"Accept": "*/*"},
}


class Recorder(CaptureHandler):
    """Keeps in memory what the archive would get."""

    def _keep(self, exchange: Exchange) -> Capture:
        raw = exchange.response.read()
        row = {f.name: getattr(exchange, f.name) for f in dataclasses.fields(exchange)}
        kept.append(row | {"path": urlsplit(exchange.url).path, "response": raw, "began_at": exchange.began_at.isoformat()})
        about = {
            "record_id": f"urn:test:{len(kept)}",
            "url": exchange.url,
            "captured_at": exchange.began_at,
            "purpose": exchange.purpose,
        }
        nothing = {"status": None, "mime": None, "revisit_of": None, "location": None, "payload_digest": "", "payload_bytes": 0}
        return Capture(**about, **nothing, record_type="response", truncated=exchange.truncated, warc="", offset=0, length=0)

    def _miss(self, url: str, kind: str, detail: str) -> None:
        missed.append({"path": urlsplit(url).path, "url": url, "kind": kind, "detail": detail})


class RobotsRecorder(RobotsMiddleware):
    """Notes in memory what the archive would be told."""

    def _miss(self, url: str, detail: str) -> None:
        missed.append({"path": urlsplit(url).path, "url": url, "kind": "robots", "detail": detail})


class PatienceRecorder(PatienceMiddleware):
    """Likewise."""

    def _miss(self, url: str, kind: str, detail: str) -> None:
        missed.append({"path": urlsplit(url).path, "url": url, "kind": kind, "detail": detail})


class LyingResolver(CachingThreadedResolver):
    """Names under `.example`, and localhost, are this machine, but one hangs; of others there are none but numbers."""

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:
        if name == "hanging.example":
            return Deferred()
        if name == "localhost" or name.endswith(".example"):
            return succeed("127.0.0.1")
        if name[-1:].isdigit():
            return super().getHostByName(name, timeout)
        return fail(DNSLookupError(f"no {name}"))


class Asker(Spider):
    """Asks for the job's requests, the first one first."""

    name = "asker"
    tls_exceptions: Sequence[str] = ()

    async def start(self) -> AsyncIterator[Request]:
        for number, keywords in enumerate(JOB["requests"]):
            yield Request(**keywords, priority=-number, callback=self.parse, errback=self.failed, dont_filter=True)

    def parse(self, response: Response) -> None:
        capture, page = response.meta.get("capture"), response.meta.get("page")
        responses[urlsplit(response.url).path] = {
            "type": type(response).__name__,
            "status": response.status,
            "body": response.body,
            "flags": response.flags,
            "protocol": response.protocol,
            "ip_address": str(response.ip_address),
            "certificate": str(response.certificate),
            "content_encoding": str(response.headers.get("Content-Encoding")),
            "page": dataclasses.asdict(page) | {"captured_at": page.captured_at.isoformat()} if page else None,
            "latency": response.meta.get("download_latency"),
            "capture": capture and {"record_id": capture.record_id, "url": capture.url},
        }

    def failed(self, failure: Failure) -> None:
        left_over = " with a capture" if {"capture", "page"} & failure.request.meta.keys() else ""
        failures[urlsplit(failure.request.url).path] = type(failure.value).__name__ + left_over


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode()}
    raise TypeError(f"no JSON for {value!r}")


if __name__ == "__main__":
    JOB = json.load(sys.stdin)
    Asker.tls_exceptions = JOB["settings"].pop("tls_exceptions", ())
    process = AsyncCrawlerProcess(DEFAULTS | JOB["settings"])
    process.crawl(Asker)
    process.start()
    json.dump({"kept": kept, "missed": missed, "responses": responses, "failures": failures}, sys.stdout, default=_plain)
