"""A platform that nobody knows, added to a newspaper by a table in its file alone, and crawled whole."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from newsarchive.reading.pool import ReadingPool
from newsarchive.times import to_iso
from newsarchive.vault.rebuild import rebuild
from tests.conftest import connect, crawl
from tests.isso_server import static_paper

BEGAN = datetime(2026, 11, 1, 6, 30, 15, 250_000, tzinfo=UTC)
PROSE = "The bridge at the mission was closed after the rains and nobody has come to look at it since the spring. " * 9
NEWSPAPER = """
from spiders.news import News


class Gazette(News):
    name = "gazette"
    comments = {
        "name": "bantr",
        "page": "aside.bantr[data-topic]",
        "values": {"topic": {"css": "aside.bantr", "attribute": "data-topic"}},
        "ask": {
            "url": "TALK/rpc/v7/list",
            "method": "POST",
            "headers": {"X-Topic": "{topic}"},
            "body": "topic={topic}&want={size}&mark={cursor}",
            "size": 6,
            "comments": "payload.thread.nodes",
            "next": "payload.thread.mark",
            "total": "payload.thread.all",
        },
        "ask_replies": {
            "url": "TALK/rpc/v7/under",
            "method": "POST",
            "body": "topic={topic}&node={comment}&from={offset}",
            "comments": "payload.nodes",
            "size": 4,
        },
        "fields": {
            "id": "key",
            "name": "/payload.people.{by}.nick",
            "account": "by",
            "created": "meta.at",
            "html": "body.markup",
            "upvotes": "meta.applause",
            "hidden": "meta.state=withdrawn",
            "replies": "under.nodes",
            "reply_count": "under.all",
        },
    }
"""


class Bantr:
    """The platform's server side: a tree of nodes, handed out in its own odd shape.

    A node has 0 to 9 replies, of which the list shows the first two; some replies have one reply of their own.
    """

    def __init__(self) -> None:
        self.nodes = [self._node(f"n{number}", replies=number % 10) for number in range(20)]
        self.robots = ""
        self.asked: list[tuple[str, str]] = []

    def _node(self, key: str, *, replies: int) -> dict[str, Any]:
        number = sum(map(ord, key))
        return {
            "key": key,
            "by": f"p{number % 5}",
            "body": {"markup": f"<p>Node <b>{key}</b> &amp; bridge 🙂</p><p>Zambuko rakavharwa<br>kare</p>"},
            "meta": {"at": self.at(key), "applause": number % 9, "state": "withdrawn" if key == "n7" else "shown"},
            "nodes": [self._node(f"{key}-{at}", replies=int(at == 1 and "-" not in key)) for at in range(replies)],
        }

    @staticmethod
    def at(key: str) -> int:
        """When a node was written, in milliseconds."""
        return int((BEGAN + timedelta(seconds=97 * sum(map(ord, key)))).timestamp() * 1000)

    def told(self) -> Iterator[tuple[str, str | None, int]]:
        """Every node with its parent and its depth, in the order of the thread."""
        waiting: list[tuple[dict[str, Any], str | None, int]] = [(node, None, 0) for node in reversed(self.nodes)]
        while waiting:
            node, parent, depth = waiting.pop()
            yield node["key"], parent, depth
            waiting += [(below, node["key"], depth + 1) for below in reversed(node["nodes"])]

    def answer(self, path: str, form: dict[str, str]) -> Any:
        if path.endswith("/list"):
            begin = int(form["mark"].removeprefix("after ") or 0) if "mark" in form else 0
            shown = self.nodes[begin : begin + int(form["want"])]
            mark = f"after {begin + len(shown)}" if begin + len(shown) < len(self.nodes) else None
            thread = {"nodes": [self._shape(node) for node in shown], "mark": mark, "all": len(list(self.told()))}
            return {"ok": True, "payload": {"thread": thread, "people": self._people()}}
        node = next(one for one in self.nodes if one["key"] == form["node"])
        below = node["nodes"][int(form["from"]) :][:4]
        return {"ok": True, "payload": {"nodes": [self._shape(one) for one in below], "people": self._people()}}

    def _people(self) -> dict[str, Any]:
        return {f"p{number}": {"nick": f"Person &amp; {number}"} for number in range(5)}

    def _shape(self, node: dict[str, Any], shown: int = 2) -> dict[str, Any]:
        nodes = [self._shape(below) for below in node["nodes"][:shown]]
        return {key: node[key] for key in ("key", "by", "body", "meta")} | {"under": {"all": len(node["nodes"]), "nodes": nodes}}


@contextmanager
def served(talk: Bantr) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # one packet for a small answer

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            talk.asked.append((self.path, body))
            good = form.get("topic") == "7/bridge" and self.headers["Content-Type"] == "application/x-www-form-urlencoded"
            if self.path.endswith("/list"):
                good = good and self.headers["X-Topic"] == "7/bridge"
            self._send(200 if good else 400, json.dumps(talk.answer(self.path, form) if good else {"ok": False}))

        def do_GET(self) -> None:
            self._send(200 if self.path == "/robots.txt" and talk.robots else 404, talk.robots)

        def _send(self, status: int, text: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json" if text.startswith("{") else "text/plain")
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())
            self.wfile.flush()

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing: `asked` is the log."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _crawl(folder: Path, talk: Bantr, patch: pytest.MonkeyPatch) -> str:
    """Crawl a newspaper of one article; gives the newspaper's id."""
    page = (
        "<html lang=en><head><title>Bridge</title><meta property=og:type content=article>"
        '<meta property="article:published_time" content="2026-11-20T08:00:00+02:00"></head><body><article><h1>No bridge</h1>'
        f'<p>{PROSE}</p><p>{PROSE}</p></article><aside class=bantr data-topic="7/bridge"></aside></body></html>'
    )
    front = '<html><title>Gazette</title><a href="/2026/11/bridge/">Bridge</a></html>'
    with served(talk) as address, static_paper({"/": front, "/2026/11/bridge/": page}) as (paper, _):
        (folder / "gazette_paper.py").write_text(NEWSPAPER.replace("TALK", address))
        patch.setenv("PYTHONPATH", str(folder))
        hosts = f"{paper.partition('//')[2]},{address.partition('//')[2]}"
        options = ["-s", f"NEWSARCHIVE_ALLOW_PRIVATE={hosts}", "-s", "SPIDER_MODULES=spiders,gazette_paper"]
        done = crawl(folder / "archive", f"{paper}/", *options, spider="gazette")
    assert done.returncode == 0, done.stderr[-4000:]
    return paper.partition("//")[2].replace(".", "-").replace(":", "-")


def test_a_made_up_platform_is_crawled_whole_by_its_description(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    talk = Bantr()
    site = _crawl(tmp_path, talk, monkeypatch)
    with closing(connect(tmp_path / "archive" / "catalogue.db")) as connection:
        rows = {row["id"].rpartition("/")[2]: row for row in connection.execute("SELECT * FROM comments")}
        visit = connection.execute("SELECT * FROM thread_visits").fetchone()
        names = {row["id"]: (row["name"], row["identity"]) for row in connection.execute("SELECT * FROM commenters")}
    told = list(talk.told())
    assert len(told) > 100
    assert rows.keys() == {key for key, _, _ in told}
    for key, parent, depth in told:
        row = rows[key]
        assert row["id"].startswith(f"{site}:bantr:127.0.0.1:")
        assert row["parent_id"] == (rows[parent]["id"] if parent else None)
        assert row["depth"] == depth
        text = f"Node {key} & bridge 🙂\n\nZambuko rakavharwa\nkare"
        assert (row["text"], row["status"]) == ((None, "hidden") if key == "n7" else (text, "live"))
        assert row["date_created"] == to_iso(datetime.fromtimestamp(talk.at(key) // 1000, UTC))
        assert row["upvotes"] == sum(map(ord, key)) % 9
        assert row["commenter_id"] == f"{site}:bantr:p{sum(map(ord, key)) % 5}"
    assert names[f"{site}:bantr:p3"] == ("Person & 3", "account")
    assert (visit["complete"], visit["claimed"], visit["found"]) == (1, len(told), len(told))
    assert sum(path.endswith("/list") for path, _ in talk.asked) == 4
    assert len(talk.asked) == len(set(talk.asked))
    pool = ReadingPool(workers=1, seconds=30, megabytes=2048)
    again = rebuild(tmp_path / "archive", pool, into=tmp_path / "again.db")
    pool.close()
    with closing(connect(again)) as connection:
        assert {row["id"].rpartition("/")[2]: row for row in connection.execute("SELECT * FROM comments")} == rows


def test_the_robots_of_the_platforms_host_are_obeyed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    talk = Bantr()
    talk.robots = "User-agent: *\nDisallow: /rpc/\n"
    _crawl(tmp_path, talk, monkeypatch)
    assert talk.asked == []
    with closing(connect(tmp_path / "archive" / "catalogue.db")) as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchone()[0] == 1
        assert [row["kind"] for row in connection.execute("SELECT kind FROM outcomes WHERE url LIKE '%/rpc/%'")] == ["robots"]
        assert connection.execute("SELECT count(*) FROM comments").fetchone()[0] == 0
