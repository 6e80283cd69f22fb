"""robots.txt, feeds and sitemaps, good and hostile."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from datetime import UTC, datetime

import pytest

from newsarchive.items import Follow, Page, Profile
from newsarchive.reading.document import Document
from newsarchive.reading.feeds import GUESSES, read_feed, read_robots, read_sitemap

SITE = "https://gazette.example"
XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def document(path: str, body: str | bytes, mime: str = "application/xml", **profile: str) -> Document:
    raw = body.encode() if isinstance(body, str) else body
    page = Page(f"{SITE}{path}", 200, (("Content-Type", mime),), raw, datetime(2026, 11, 20, tzinfo=UTC), "urn:uuid:0")
    return Document(page, Profile(site="gazette-example", **profile))


def urls(follows: tuple[Follow, ...] | None, purpose: str) -> list[str]:
    assert follows is not None
    assert {follow.purpose for follow in follows} <= {purpose}
    return [follow.url.removeprefix(SITE) for follow in follows]


def urlset(*entries: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<?xml-stylesheet href="x.xsl"?><urlset {XMLNS}>{"".join(entries)}</urlset>'


def entry(loc: str, lastmod: str = "") -> str:
    return f"<url><loc>{loc}</loc>{lastmod and f'<lastmod>{lastmod}</lastmod>'}</url>"


RSS = """
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:feedburner="urn:fb"><channel>
<title>Gazette</title><link>https://gazette.example/</link><atom:link href="https://gazette.example/feed/" rel="self"/>
<item><title>R&B &nbsp; & more</title><link> https://gazette.example/2026/11/20/first/?utm_source=rss </link>
  <comments>https://gazette.example/2026/11/20/first/#comments</comments><enclosure url="https://gazette.example/a.mp3"/></item>
<item><atom:link rel="self" href="https://gazette.example/x.atom"/><guid>https://gazette.example/2026/11/19/second/</guid></item>
<item><guid isPermaLink="false">https://gazette.example/?p=7</guid></item>
<item><link>https://gazette.example/welcome/</link></item>
<item><feedburner:origLink>https://gazette.example/2026/11/18/third/</feedburner:origLink><link>https://feeds.example/~r/3</link></item>
<item><link>https://other.example/2026/11/20/elsewhere/</link></item>
<item><link>https://gazette.example/2026/11/20/first/</link></item>
<item><link>file:///etc/passwd</link></item>
<item><link>/2026/11/17/relative/</link></item>
</channel></rss>"""


def test_rss() -> None:
    found = urls(read_feed(document("/feed/", RSS, "application/rss+xml")), "article")
    assert found == ["/2026/11/20/first/", "/2026/11/19/second/", "/welcome/", "/2026/11/18/third/", "/2026/11/17/relative/"]


def test_rss_1() -> None:
    body = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
    <channel rdf:about="x"><link>https://gazette.example/</link></channel>
    <item rdf:about="x"><link>https://gazette.example/article/12345</link></item></rdf:RDF>"""
    assert urls(read_feed(document("/rss.rdf", body)), "article") == ["/article/12345"]


def test_atom_takes_the_page_and_not_its_replies() -> None:
    body = """<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://gazette.example/"/>
    <entry><link rel="replies" href="https://gazette.example/a-story-of-rain.html#comment-form"/>
    <link rel="edit" href="/edit/12345"/>
    <link rel="alternate" href="https://gazette.example/a-story-of-rain.html"/></entry>
    <entry><link href="https://gazette.example/a-story-of-wind.html"/></entry></feed>"""
    assert urls(read_feed(document("/feeds/posts/default", body)), "article") == [
        "/a-story-of-rain.html",
        "/a-story-of-wind.html",
    ]


def test_json_feed() -> None:
    items = [{"id": "1", "url": f"{SITE}/2026/11/20/a/"}, {"id": f"{SITE}/2026/11/20/b/"}, 7, {"url": None}]
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items})
    assert urls(read_feed(document("/feed.json", body, "application/feed+json")), "article") == [
        "/2026/11/20/a/",
        "/2026/11/20/b/",
    ]


@pytest.mark.parametrize(
    "body", ['{"items": []}', "[1]", "{", "<html><item><link>/2026/11/20/a/</link></item></html>", "", "<!-- <rss>"]
)
def test_what_is_no_feed_is_none(body: str) -> None:
    assert read_feed(document("/", body)) is None
    assert read_sitemap(document("/", body)) is None


def test_a_feed_of_comments_leads_nowhere() -> None:
    links = (f"{SITE}/2026/11/20/first/#comment-5904", f"{SITE}/2026/11/20/first/comment-page-2/#comment-9")
    items = "".join(f"<item><link>{link}</link><guid isPermaLink='false'>{link}</guid></item>" for link in links)
    assert read_feed(document("/comments/feed/", f"<rss><channel>{items}</channel></rss>")) == ()


def test_the_sites_own_pattern_decides() -> None:
    rss, sitemap = (
        document("/feed/", RSS, article_urls=r"/\d{4}/\d\d/\d\d/f"),
        urlset(entry(f"{SITE}/about/"), entry(f"{SITE}/n/1")),
    )
    assert urls(read_feed(rss), "article") == ["/2026/11/20/first/"]
    assert urls(read_sitemap(document("/s.xml", sitemap, article_urls="/about/|/n/")), "article") == ["/about/", "/n/1"]


def test_a_feed_in_a_legacy_encoding_and_one_cut_off() -> None:
    russian = f'<?xml version="1.0" encoding="windows-1251"?><rss><item><link>{SITE}/новость-дня-12345</link></item></rss>'
    assert len(urls(read_feed(document("/rss", russian.encode("windows-1251"), "text/xml")), "article")) == 1
    assert urls(read_feed(document("/feed/", RSS[: RSS.index("<item><guid isPerma")])), "article")[:2] == [
        "/2026/11/20/first/",
        "/2026/11/19/second/",
    ]
    assert read_feed(document("/feed/", RSS, "text/xml; charset=zlib"))


def test_a_sitemap_index_leads_to_sitemaps_that_list_articles() -> None:
    names = (
        "wp-sitemap-posts-post-1.xml wp-sitemap-posts-page-1.xml wp-sitemap-taxonomies-category-1.xml"
        " wp-sitemap-taxonomies-post_tag-1.xml wp-sitemap-users-1.xml"
        " post-sitemap2.xml page-sitemap.xml category-sitemap.xml author-sitemap.xml post_tag-sitemap.xml"
        " sitemap-page-2.xml sitemap.xml?page=3 sitemap-archive-2019.xml.gz image-sitemap.xml sitemap-news.xml"
        " sitemap-pt-page-2026-11.xml authors.xml sitemap-tax-location.xml"
    )
    body = "".join(f"<sitemap><loc>{SITE}/{name}</loc></sitemap>" for name in [*names.split(), "index.xml"])
    found = read_sitemap(document("/index.xml", f"<sitemapindex {XMLNS}>{body}</sitemapindex>"))
    assert urls(found, "sitemap") == [
        "/wp-sitemap-posts-post-1.xml",
        "/post-sitemap2.xml",
        "/sitemap-page-2.xml",
        "/sitemap.xml?page=3",
        "/sitemap-archive-2019.xml.gz",
        "/sitemap-news.xml",
    ]


def test_a_sitemap_leads_to_articles_newest_first() -> None:
    body = urlset(
        entry(f"{SITE}/2025/01/01/old/", "2025-01-01"),
        entry(f"{SITE}/2026/11/20/undated/"),
        entry(f"{SITE}/2026/11/20/noon/", "2026-11-20T12:00:00+02:00"),
        entry(f"{SITE}/2026/11/20/morning/", "2026-11-20T08:00Z"),
        *(
            entry(f"{SITE}{path}", "2026-11-21")
            for path in ("/", "/about/", "/category/sport/", "/sport/", "/tag/rain/", "/photo.jpg")
        ),
        entry("https://other.example/2026/11/20/a/"),
        entry("ftp://gazette.example/2026/11/20/a/"),
        "<url><image:image xmlns:image='urn:i'><image:loc>https://gazette.example/2026/11/20/image/</image:loc></image:image></url>",
    )
    expected = ["/2026/11/20/noon/", "/2026/11/20/morning/", "/2025/01/01/old/", "/2026/11/20/undated/"]
    assert urls(read_sitemap(document("/sitemap.xml", body)), "article") == expected
    packed = document(
        "/sitemap.xml.gz", gzip.compress(body.encode()[:300]) + gzip.compress(body.encode()[300:]), "application/gzip"
    )
    assert urls(read_sitemap(packed), "article") == expected


def test_a_news_sitemap_is_dated_by_its_publications() -> None:
    news = 'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
    one = "<url><loc>{}/news/{}</loc><n:news {}><n:publication_date>{}</n:publication_date><n:title>x</n:title></n:news></url>"
    body = urlset(one.format(SITE, 11111, news, "2026-11-19"), one.format(SITE, 22222, news, "2026-11-20T06:00:00Z"))
    assert urls(read_sitemap(document("/news-sitemap.xml", body)), "article") == ["/news/22222", "/news/11111"]


def test_a_text_sitemap() -> None:
    body = f"{SITE}/2026/11/20/a/\r\n{SITE}/2026/11/20/b/\nhttps://other.example/2026/11/20/c/\n\n"
    assert urls(read_sitemap(document("/sitemap.txt", body, "text/plain")), "article") == ["/2026/11/20/a/", "/2026/11/20/b/"]
    assert read_sitemap(document("/ads.txt", "google.com, pub-1, DIRECT", "text/plain")) is None


def test_robots() -> None:
    body = "User-agent: *\nDisallow: /x\n SITEMAP : /a.xml\nSitemap: https://gazette.example/b.xml # c\nSitemap: https://other.example/c.xml\n"
    assert urls(read_robots(document("/robots.txt", body, "text/plain")), "sitemap") == ["/a.xml", "/b.xml"]
    assert urls(read_robots(document("/robots.txt", "Sitemap: file:///c.xml", "text/plain")), "sitemap") == list(GUESSES)
    assert read_robots(document("/robots", body, "text/plain")) is None


def test_a_doctype_is_refused() -> None:
    entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(10))
    laughs = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "lol">{entities}]>'
    outside = '<!-- --><!DOCTYPE x [<!ENTITY e10 SYSTEM "file:///etc/passwd">]>'
    for prolog in (laughs, outside, "<!DOCTYPE x SYSTEM 'http://127.0.0.1/x.dtd'>"):
        assert read_feed(document("/feed/", f"{prolog}<rss><item><link>&e10;</link></item></rss>")) is None
        assert read_sitemap(document("/s.xml", f"{prolog}<urlset><url><loc>&e10;</loc></url></urlset>")) is None


def test_a_doctype_in_utf_16_is_refused() -> None:
    body = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY e "x">]><rss><item><link>/n/12345&e;</link></item></rss>'
    assert read_feed(document("/feed/", body.encode("utf-16"))) is None


def test_a_gzip_bomb_is_refused_in_bounded_memory() -> None:
    bomb = gzip.compress(urlset().encode()) + gzip.compress(b" " * 1_000_000) * 1_000
    tracemalloc.start()
    try:
        assert read_sitemap(document("/s.xml.gz", bomb)) is None
        assert tracemalloc.get_traced_memory()[1] < 150_000_000
    finally:
        tracemalloc.stop()
    assert read_sitemap(document("/s.xml.gz", gzip.compress(urlset().encode() + b" " * 1_000_000))) is None


def test_a_damaged_gzip_body_is_no_sitemap() -> None:
    assert read_sitemap(document("/s.xml.gz", gzip.compress(urlset().encode())[:12] + b"junk" * 9)) is None
    assert read_sitemap(document("/s.xml.gz", b"\x1f\x8b")) is None


def test_a_sitemap_longer_than_the_protocol_allows_is_read_to_the_limit() -> None:
    body = urlset(*(entry(f"{SITE}/n/{number:06}") for number in range(60_000)))
    found = urls(read_sitemap(document("/s.xml", body)), "article")
    assert len(found) == 50_000
    assert found[0] == "/n/000000"
