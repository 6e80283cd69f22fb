"""The served site walked from its front page, sitemaps and buttons: what is found there is the truth, and nothing else."""

from __future__ import annotations

import gzip
import html
import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from lxml import etree
from lxml import html as lxml_html

from newsarchive.demo.newspaper import Newspaper
from newsarchive.demo.server import Served, serve
from newsarchive.demo.truth import Truth

ROBOTS = ("/private/", "/search")


@dataclass
class Walk:
    """Every page reached, by path (with the query for JSON), and the status of each."""

    base: str
    text: dict[str, str] = field(default_factory=dict)
    status: dict[str, int] = field(default_factory=dict)
    links: set[str] = field(default_factory=set)

    def go(self) -> None:
        waiting = ["/", "/robots.txt", "/feed/", *self._sitemaps()]
        while waiting:
            path = waiting.pop()
            if path not in self.status and not path.startswith(ROBOTS):
                waiting.extend(self._read(path))

    def page(self, path: str) -> Any:
        return lxml_html.document_fromstring(self.text[path])

    def _read(self, path: str) -> Iterator[str]:
        try:
            with urllib.request.urlopen(self.base + path) as response:
                body, charset = response.read(), response.headers.get_content_charset() or "utf-8"
                self.status[path] = response.status
        except urllib.error.HTTPError as error:
            self.status[path] = error.code
            return
        self.text[path] = (gzip.decompress(body) if path.endswith(".gz") else body).decode(charset)
        if "<html" in self.text[path][:200]:
            page = self.page(path)
            hrefs = page.xpath("//a/@href | //link/@href | //img/@src | //script/@src | //button/@data-url")
            yield from self._follow(path, hrefs)
        elif path.startswith("/api/") and (following := json.loads(self.text[path])["next"]):
            yield following

    def _follow(self, path: str, hrefs: list[str]) -> Iterator[str]:
        for href in hrefs:
            url = urldefrag(urljoin(self.base + path, href)).url
            self.links.add(url)
            if url.startswith(self.base + "/"):
                parts = urlsplit(url)
                yield f"{parts.path}?{parts.query}" if parts.path.startswith("/api/") else parts.path

    def _sitemaps(self) -> Iterator[str]:
        yield "/sitemap.xml"
        for index in _locs(self.base, "/sitemap.xml"):
            yield index
            yield from _locs(self.base, index)


def _locs(base: str, path: str) -> list[str]:
    with urllib.request.urlopen(base + path) as response:
        body = response.read()
    tree = etree.fromstring(gzip.decompress(body) if path.endswith(".gz") else body)
    return [loc.removeprefix(base) for loc in tree.xpath("//*[local-name()='loc']/text()")]


@pytest.fixture(scope="module", params=[1, 2])
def walked(request: pytest.FixtureRequest) -> Iterator[tuple[Walk, Truth, Served]]:
    newspaper = Newspaper(now=datetime(2026, 11, 22, 10, 0, 30, tzinfo=UTC), edition=request.param)
    with serve(newspaper) as served:
        walk = Walk(served.url)
        walk.go()
        yield walk, newspaper.truth(), served


Walked = tuple[Walk, Truth, Served]


def test_every_address_answers_as_it_should(walked: Walked) -> None:
    walk, truth, served = walked
    bad = {path for path, status in walk.status.items() if status != 200}
    assert bad == set(truth.missing)
    assert not any(target.startswith(truth.forbidden) for _, target, _ in served.requests)
    forbidden = "".join(f"Disallow: {path}\n" for path in truth.forbidden)
    assert walk.text["/robots.txt"] == f"User-agent: *\n{forbidden}\nSitemap: {walk.base}/sitemap.xml\n"


def test_every_article_is_there_with_its_words(walked: Walked) -> None:
    walk, truth, _ = walked
    for article in truth.articles:
        page = walk.page(article.path)
        body = page.xpath("//div[@class='entry-content' or @class='story-text']")[0]
        credit = [node.text_content() for node in body.xpath("./p[@class='attribution']")]
        blocks = [node.text_content() for node in body.xpath("./*[not(@class)]")]
        assert credit == ([article.attribution] if article.attribution else [])
        assert "\n\n".join(blocks) == article.text
        assert page.xpath("string(//h1)") == article.headline
        assert tuple(page.xpath("//main//span[@class='byline']/a/text()")) == article.authors
        assert page.xpath("string(/html/@lang)") == article.in_language
        assert f"{article.path}print/" in walk.text
    found = {loc for loc in _locs(walk.base, "/sitemap-articles.xml.gz")}
    assert found == {article.path for article in truth.articles} | set(truth.protected)


def test_the_machine_readable_dates_are_exact(walked: Walked) -> None:
    walk, truth, _ = walked
    for article in truth.articles:
        page = walk.page(article.path)
        if article.comments == "flat":
            data = json.loads(page.xpath("string(//script[@type='application/ld+json'])"))
            assert data["@type"] == "NewsArticle"
            authors = tuple(author["name"] for author in data["author"])
            published, modified, section = data["datePublished"], data["dateModified"], data["articleSection"]
            assert (authors, data["headline"], tuple(data["keywords"])) == (article.authors, article.headline, article.tags)
            assert page.xpath("string(//section[@id='comments']/@data-article-id)") == str(article.id)
        else:
            names = ("published_time", "modified_time", "section")
            published, modified, section = (page.xpath(f"string(//meta[@property='article:{name}']/@content)") for name in names)
            assert f"postid-{article.id}" in page.xpath("string(//body/@class)").split()
            assert page.xpath("//link[@rel='canonical']/@href") == [walk.base + article.path]
        assert datetime.fromisoformat(published) == article.date_published
        assert datetime.fromisoformat(modified) == article.date_modified
        assert section == article.section


def test_the_wordpress_threads_are_the_truth(walked: Walked) -> None:
    walk, truth, _ = walked
    found = set()
    for article in truth.articles:
        if article.comments == "flat":
            continue
        pages = [path for path in walk.text if path == article.path or path.startswith(f"{article.path}comment-page-")]
        for path in pages:
            page = walk.page(path)
            assert len(page.xpath("//ol[@class='comment-list']/li")) <= 10
            for node in page.xpath("//li[starts-with(@id, 'comment-')]"):
                found.add((article.id, *_comment(node)))
            title = page.xpath("string(//h2[@class='comments-title'])")
            words = "One thought" if article.comment_count == 1 else f"{article.comment_count} thoughts"
            assert title == (f"{words} on “{article.headline}”" if article.comment_count else "")
    wanted = {(c.article, c.id, c.author_name, c.text, c.parent, c.depth, c.date_created) for c in truth.comments if c.id}
    assert found == wanted


def _comment(node: Any) -> tuple[object, ...]:
    body = node.xpath("./article")[0]
    above = node.xpath("ancestor::li/@id")
    return (
        int(node.get("id").removeprefix("comment-")),
        body.xpath("string(.//b[@class='fn'])"),
        "\n\n".join(p.text_content() for p in body.xpath(".//div[@class='comment-content']//p")),
        int(above[-1].removeprefix("comment-")) if above else None,
        len(above),
        datetime.fromisoformat(body.xpath("string(.//time/@datetime)")).astimezone(UTC),
    )


def test_the_flat_lists_are_the_truth_in_order(walked: Walked) -> None:
    walk, truth, _ = walked
    for article in truth.articles:
        if article.comments != "flat":
            continue
        page = walk.page(article.path)
        found = [
            (li.xpath("string(./div[@class='who']/b)"), li.xpath("string(.//span[@class='age'])"), _paragraphs(li))
            for li in page.xpath("//ul[@class='comment-flow']/li")
        ]
        assert len(found) == min(20, article.comment_count)
        following = page.xpath("string(//button[@class='more']/@data-url)")
        while following:
            answer = json.loads(walk.text[following])
            found += [(comment["name"], comment["age"], comment["text"]) for comment in answer["comments"]]
            following = answer["next"]
        assert found == [(c.author_name, c.age, c.text) for c in truth.comments_of(article.id)]
        assert page.xpath("string(//section[@id='comments']/h3)").split()[0] == str(article.comment_count)


def _paragraphs(item: Any) -> str:
    return "\n\n".join(p.text_content() for p in item.xpath("./p"))


def test_one_thread_shows_its_newest_page_first_and_the_others_their_oldest(walked: Walked) -> None:
    walk, truth, _ = walked
    newest = []
    for article in truth.articles:
        thread = [comment for comment in truth.comments_of(article.id) if comment.depth == 0]
        if article.comments != "flat" and len(thread) > 10:
            shown = {int(i.removeprefix("comment-")) for i in walk.page(article.path).xpath("//ol[@class='comment-list']/li/@id")}
            assert (thread[0].id in shown) != (thread[-1].id in shown)
            newest += [article.path] if thread[-1].id in shown else []
    assert [path.split("/")[3] for path in newest] == ["library-gets-its-roof-back"]


def test_closed_missing_and_locked_sections(walked: Walked) -> None:
    walk, truth, _ = walked
    for article in truth.articles:
        page = walk.page(article.path)
        assert bool(page.xpath("//*[@class='no-comments']")) == (article.comments == "closed")
        hidden = page.xpath("//input[@name='comment_post_ID']/@value")
        assert hidden == ([str(article.id)] if article.comments == "wordpress" else [])
        assert bool(page.xpath("//*[@id='comments']")) == (article.comments != "none")
    (locked,) = truth.protected
    assert walk.page(locked).xpath("//form[contains(@class, 'post-password-form')]")


def test_nothing_that_is_not_public_is_anywhere(walked: Walked) -> None:
    walk, truth, _ = walked
    texts = [html.unescape(text) for text in walk.text.values()]
    texts += [json.dumps(json.loads(text), ensure_ascii=False) for path, text in walk.text.items() if path.startswith("/api/")]
    assert len(truth.not_public.texts) >= 10
    for secret in truth.not_public.texts:
        assert not any(secret[:60] in text for text in texts), secret
    drafts = set(truth.not_public.urls) - set(truth.protected)
    assert not any(urlsplit(link).path in drafts for link in walk.links)


def test_the_feed_has_the_ten_newest_with_a_teaser(walked: Walked) -> None:
    walk, truth, _ = walked
    items = etree.fromstring(walk.text["/feed/"].encode()).findall(".//item")
    newest = sorted(truth.articles, key=lambda article: article.date_published, reverse=True)[:10]
    assert [urlsplit(item.findtext("link") or "").path for item in items] == [article.path for article in newest]
    assert [item.findtext("title") for item in items] == [article.headline for article in newest]
    assert all(0 < len(item.findtext("description") or "") < 250 for item in items)


def test_there_are_the_traps_that_a_crawler_must_know(walked: Walked) -> None:
    walk, truth, _ = walked
    paths = {link.removeprefix(walk.base) for link in walk.links}
    assert any("utm_source=" in path for path in paths)
    assert any("?replytocom=" in path for path in paths)
    assert any(path.startswith("/private/calendar/") for path in paths)
    assert set(truth.missing) <= paths
    assert all(walk.text[a.path].count("recentcomments") >= 5 for a in truth.articles if a.comments == "wordpress")
