"""Where HTML leads: articles, sections, paging and feeds, of newspapers of many kinds; and what it must never lead to."""

from __future__ import annotations

from datetime import UTC, datetime
from time import process_time

import pytest

from newsarchive.demo.newspaper import Newspaper
from newsarchive.items import Page, Profile
from newsarchive.reading import read_html
from newsarchive.reading.document import Document
from newsarchive.reading.feeds import read_feed, read_robots, read_sitemap
from newsarchive.reading.links import MAX_ARTICLES, MAX_SECTIONS, follow_links, is_start
from newsarchive.reading.shape import Shape, shape
from newsarchive.urls import canonical

SITE = "https://gazette.example"
FEED = '<link rel="alternate" type="application/rss+xml" href="/rss">'


def follow(body: str, path: str = "/", *, head: str = FEED, **profile: object) -> list[tuple[str, str]]:
    """(purpose, address) of all that the page leads to."""
    html = f"<!doctype html><html><head>{head}</head><body class='has-main-navigation'>{body}</body></html>"
    page = Page(
        f"{SITE}{path}", 200, (("Content-Type", "text/html"),), html.encode(), datetime(2026, 11, 20, tzinfo=UTC), "urn:uuid:0"
    )
    document = Document(page, Profile(site="gazette-example", **profile))  # type: ignore[arg-type]
    return [(one.purpose, one.url.removeprefix(SITE)) for one in follow_links(document)]


def found(purpose: str, follows: list[tuple[str, str]]) -> list[str]:
    return [url for its_purpose, url in follows if its_purpose == purpose]


def anchors(*hrefs: str, text: str = "") -> str:
    return "".join(f'<p><a href="{href}">{text or href[-3:]}</a></p>' for href in hrefs)


SHAPES: dict[Shape, list[str]] = {
    "article": [
        "/2026/11/20/rain/",
        "/2026/11/rain-at-last/",
        "/2026/nov/20/rain",
        "/world/2026/11/20/africa/rain.html",
        "/20261120-rain/",
        "/news/2026-11-20/rain",
        "/2026/11/20/%D8%B2%D9%8A%D9%85/",
        "/news/world-africa-12345678",
        "/a/12345/",
        "/politics/rain-1.234567",
        "/article/9b2fdc58-1d2c-4c6d-8b0f-0a1b2c3d4e5f",
        "/?p=7",
        "/article.php?id=123456",
        "/index.php?option=com_content&view=article&id=54321:rain",
    ],
    "headline": [
        "/rain-comes-to-the-south/",
        "/nz/rain-hits-auckland-again/3XJ5QKZLABCDE/",
        "/news/rain-comes-south.html",
        "/%D9%85%D8%B7%D8%B1-%D9%81%D9%8A-%D8%A7%D9%84%D8%AC%D9%86%D9%88%D8%A8-%D8%A7%D9%84%D9%8A%D9%88%D9%85/",
        "/%E6%B4%A5%E5%B7%B4%E5%B8%83%E9%9F%A6%E5%8D%97%E9%83%A8%E6%99%9A%E9%97%B4%E4%B8%8B%E9%9B%A8",
    ],
    "maybe": ["/rain-comes/", "/world-news/", "/articles/cx2k7jd9w1do", "/rain.html", "/story.php?id=12"],
    "section": [
        "/sport/",
        "/category/crime-courts/",
        "/category/a/b/",
        "/section/news/",
        "/topic/12345/",
        "/news/index.html",
        "/rubrik/lokales",
    ],
    "other": [
        "/",
        "/tag/rain-comes-to-the-south/",
        "/author/jane-of-the-four-names/",
        "/2026/",
        "/2026/11/",
        "/2026/11/20/",
        "/archive/2026-11-20",
        "/2026/11/20/rain.jpg",
        "/files/the-report-of-the-year.pdf",
        "/2026/11/20/rain/feed/",
        "/2026/11/20/rain/amp/",
        "/2026/11/20/rain/comment-page-2/",
        "/2026/11/20/rain/?share=twitter",
        "/section/news/page/2/",
        "/?s=rain",
        "/?m=202611",
        "/search/rain-comes-to-the-south",
        "/wp-admin/post.php?post=12345",
        "/wp-login.php?redirect_to=/2026/11/20/rain/",
        "/wp-json/wp/v2/posts/12345",
        "/privacy-policy/",
        "/terms-and-conditions-of-use",
        "/about-us.html",
        "/subscribe/",
        "/users/12345",
        "/calendar/2026/11/20/rain/",
        "/print/12345",
    ],
}


@pytest.mark.parametrize(("path", "expected"), [(path, name) for name, paths in SHAPES.items() for path in paths])
def test_the_shape_of_an_address(path: str, expected: Shape) -> None:
    assert shape(SITE + path) == expected


def test_an_article_leads_nowhere() -> None:
    text = "<p>It rained in the south for the whole of the night, and the rivers rose by a metre before noon.</p>" * 9
    sun = f'<meta property="og:type" content="article"><article><h1>Sun</h1>{text}{anchors("/2026/11/20/rain/")}</article>'
    reading = read_html(sun, f"{SITE}/2026/11/19/sun/")
    assert reading.article is not None
    assert reading.follow == ()


def test_the_place_of_a_link_decides_where_its_address_does_not() -> None:
    body = """
    <header><a href="/">Home</a><nav>
    <a href="/rain-in-the-world/">World</a><a href="/2026/11/20/in-menu/">Top story</a></nav></header>
    <main><article><header><h2><a href="/rain-comes/">Rain</a></h2></header><a href="/sun-comes/">More</a></article>
    <a href="/moon-comes/"><h3>Moon</h3></a><a href="/snow-comes/">Snow comes to the mountains</a>
    <h2><a href="/sport/">Sport</a></h2><p><a href="/wind-over-the-lake/"><img src="w.jpg"></a></p></main>
    <div class="site-footer"><a href="/how-we-make-news/">How</a><a href="/hail-comes/">Hail comes to the city today</a></div>
    """
    assert found("article", follow(body)) == [
        "/2026/11/20/in-menu/",
        "/rain-comes/",
        "/moon-comes/",
        "/snow-comes/",
        "/wind-over-the-lake/",
    ]


def test_sections_come_from_the_menus_of_a_start_page() -> None:
    body = """<nav><a href="/sport/">Sport</a><a href="/world-news/">World</a><a href="/login">Log in</a>
    <a href="/tag/rain/">Rain</a>    <a href="/about-us/">About</a><a href="https://other.example/sport/">Other</a>
    <a href="mailto:a@gazette.example">Mail</a></nav>
    <a href="/category/health/">Health</a><a href="/shop/">Shop</a><a href="/weather/">Weather</a>
    <footer><a href="/imprint/">Imprint</a></footer>"""
    assert found("listing", follow(body)) == ["/sport/", "/world-news/", "/category/health/"]
    assert found("listing", follow(body, "/sport/")) == []
    assert found("listing", follow(body, "/zw/today", start_urls=("http://www.gazette.example/zw/today/",))) == [
        "/sport/",
        "/world-news/",
        "/category/health/",
    ]


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/", True), ("/en/", True), ("/index.html", True), ("/pt-br/home", True), ("/?paged=2", False), ("/sport/", False)],
)
def test_start_pages(path: str, expected: bool) -> None:
    page = Page(SITE + path, 200, (), b"", datetime(2026, 11, 20, tzinfo=UTC), "urn:uuid:0")
    assert is_start(Document(page, Profile(site="x"))) is expected


def test_a_page_without_an_address_is_no_start_page() -> None:
    page = Page("", 200, (), b"<html><body>saved somewhere", datetime(2026, 11, 20, tzinfo=UTC), "urn:uuid:0")
    assert not is_start(Document(page, Profile(site="x")))


def test_feeds_and_on_a_start_page_that_of_comments() -> None:
    head = "".join(
        f'<link rel="{rel}" type="{kind}" href="{href}">'
        for rel, kind, href in [
            ("alternate", "application/rss+xml", "/feed/"),
            ("ALTERNATE home", "application/atom+xml", "/atom.xml"),
            ("alternate", "application/feed+json", "/items.json"),
            ("alternate", "application/rss+xml", "/comments/feed/"),
            ("alternate", "application/json", "/wp-json/wp/v2/categories/5"),
            ("alternate", "application/json+oembed", "/oembed?x=feed"),
            ("alternate", "application/rss+xml", "https://other.example/feed/"),
            ("alternate", "text/html", "/en/"),
            ("stylesheet", "text/css", "/feed.css"),
        ]
    )
    assert found("feed", follow("", head=head)) == ["/feed/", "/atom.xml", "/items.json", "/comments/feed/"]
    assert found("feed", follow("", "/sport/", head=head)) == ["/feed/", "/atom.xml", "/items.json"]
    assert found("feed", follow("", head="")) == ["/feed/"]
    assert found("feed", follow("", "/sport/", head="")) == []


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        ("/", '<a href="/page/2/">2</a><a href="/page/3/">3</a><a href="/page/30/">30</a>', ["/page/2/"]),
        ("/page/2/", '<a href="/">1</a><a href="/page/1/">1</a><a href="/page/30/">30</a><a href="/page/3/">3</a>', ["/page/3/"]),
        ("/page/30/", '<a href="/page/29/" class="prev">Newer posts</a><a href="/page/2/">2</a>', []),
        ("/section/news/page/2/", '<a href="/section/news/page/3/">3</a><a href="/section/sport/page/3/">3</a>',
         ["/section/news/page/3/"]),
        ("/section/news/", '<a href="/section/sport/page/2/" class="next">Next</a>', []),
        ("/news?sort=new", '<a href="/news?page=2&sort=new">2</a><a href="/news?page=2">2</a>', ["/news?page=2&sort=new"]),
        ("/news?start=20", '<a href="/news">1</a><a href="/news?start=40">3</a>', ["/news?start=40"]),
        ("/news/", '<a href="/news/2">2</a><a href="/news/7">Seven</a>', ["/news/2"]),
        ("/news/2", '<a href="/news">1</a><a href="/news/3/">3</a><a href="/2026/11/20/12/">12</a>', ["/news/3/"]),
        ("/news/", '<a href="/news/older-stuff" rel="next">x</a>', ["/news/older-stuff"]),
        ("/", '<a href="/search?updated-max=2026-11-01T00:00:00Z&max-results=7" class="blog-pager-older-link">x</a>',
         ["/search?updated-max=2026-11-01T00:00:00Z&max-results=7"]),
        ("/news/", '<a href="/news/?cursor=abc">Suivant</a>', ["/news/?cursor=abc"]),
        ("/news/", '<a href="/stories/">News</a><a href="/posts/">posts</a>', []),
        ("/events/", '<a rel="next" href="/events/?month=2031-01">Next</a>', []),
        ("/news/", '<a rel="next" href="https://other.example/news/page/2/">Next</a>', []),
        ("/misread/", '<a rel="next" href="/2026/11/21/next-story/">Next</a>', []),
    ],
)  # fmt: skip
def test_paging_goes_to_the_next_page_only(path: str, body: str, expected: list[str]) -> None:
    assert found("listing", follow(body, path)) == expected


def test_paging_by_a_link_in_the_head() -> None:
    assert found("listing", follow("", "/news/", head='<link rel="next" href="/news/?after=9">')) == ["/news/?after=9"]


def test_the_sites_own_pattern_decides_alone() -> None:
    body = anchors("/2026/11/20/rain/", "/x1", "/tag/x2") + '<nav><a href="/x3">X</a><a href="/sport/">Sport</a></nav>'
    follows = follow(body, article_urls=r"/x\d$")
    assert found("article", follows) == ["/x1", "/tag/x2", "/x3"]
    assert found("listing", follows) == ["/sport/"]


def test_an_item_list_in_json_ld() -> None:
    entries = """[{"@type": "ListItem", "position": 1, "url": "/2026/11/20/a/"}, {"item": {"@id": "https://gazette.example/n/12345"}},
    {"item": "/rain-comes/"}, {"url": "/sport/"},
    {"url": "https://other.example/2026/11/20/b/"}, {"url": 5}, 7, null, {"item": null}]"""
    script = '<script type="application/ld+json">{"@type": "%s", "itemListElement": %s}</script>'
    assert found("article", follow(script % ("ItemList", entries))) == ["/2026/11/20/a/", "/n/12345", "/rain-comes/"]
    assert found("article", follow(script % ("BreadcrumbList", entries))) == []
    assert found("article", follow(script % ("ItemList", '"/2026/11/20/a/"'))) == []


def test_hostile_links_are_not_followed() -> None:
    body = anchors(
        "javascript:alert('/2026/11/20/rain/')", "file:///2026/11/20/rain/", "ftp://gazette.example/2026/11/20/rain/",
        "//other.example/2026/11/20/a/",
        "https://gazette.example:8443/2026/11/20/a/", "https://gazette.example.evil.example/2026/11/20/a/",
        "https://gazette.example@evil.example/12345",
        "http://[/2026/11/20/a/", "data:text/html,/2026/11/20/a/", "https://gazette.example:99999999/12345", "#2026/11/20/a", "",
        "http://%00/2026/11/20/a", "/2026/11/20/" + "a" * 9000,
    )  # fmt: skip
    assert follow(body) == [("feed", "/rss")]


def test_control_characters_and_credentials_are_taken_out() -> None:
    body = anchors(
        " /2026/11/20/a\r\nHost:x/ ",
        "/2026/11/20/b\x01\x1b/",
        "https://user:pass@www.gazette.example/2026/11/20/c/?replytocom=5#respond",
    )
    assert found("article", follow(body)) == [
        "/2026/11/20/aHost:x/",
        "/2026/11/20/b%01%1B/",
        "https://www.gazette.example/2026/11/20/c/",
    ]


def test_a_base_of_another_site_takes_its_links_along() -> None:
    base = '<base href="https://evil.example/">'
    assert follow(anchors("/2026/11/20/a/", "2026/11/20/b/", f"{SITE}/2026/11/20/c/"), "/news/", head=base) == [
        ("article", "/2026/11/20/c/")
    ]
    assert follow(anchors("2026/11/20/b/"), "/news/", head='<base href="/zw/">') == [("article", "/zw/2026/11/20/b/")]
    assert follow(anchors("/2026/11/20/b/"), "/news/", head='<base href="http://[">') == [("article", "/2026/11/20/b/")]


def test_nothing_twice() -> None:
    same = ("/2026/11/20/a/", "/2026/11/20/a", "http://www.gazette.example/2026/11/20/a/?utm_source=x", "/2026/11/20/a/#comments")
    follows = follow(anchors(*same) + '<a href="/news/page/2/">2</a><a href="/news/page/2/">Next</a>', "/news/")
    assert follows == [("feed", "/rss"), ("listing", "/news/page/2/"), ("article", "/2026/11/20/a/")]


def test_an_endless_page_gives_a_bounded_answer() -> None:
    body = "<div><nav>" + "".join(
        f'<a href="/sport/s{n}x/">{"x" * 40}</a><a href="/2026/11/20/a{n}/">{n}</a>\n' for n in range(50_000)
    )
    assert len(body) > 5_000_000
    began = process_time()
    follows = follow(body)
    assert process_time() - began < 5
    assert len(found("article", follows)) == MAX_ARTICLES
    assert len(found("listing", follows)) <= MAX_SECTIONS + 1


def crawled(newspaper: Newspaper, *starts: str, without: frozenset[str]) -> set[str]:
    """The paths asked for as articles, when everything else that the pages lead to is read, but for these purposes."""
    origin, waiting, asked, articles = "http://127.0.0.1", list(starts), set[str](), set[str]()
    while waiting:
        if (path := waiting.pop(0)) in asked:
            continue
        asked.add(path)
        status, headers, body = newspaper.respond("GET", path, ())
        page = Page(origin + path, status, tuple(headers), body, datetime(2026, 11, 20, tzinfo=UTC), "urn:uuid:0")
        document = Document(page, Profile(site="127-0-0-1"))
        readers = (read_robots, read_feed, read_sitemap, follow_links)
        for one in next(found for reader in readers if (found := reader(document)) is not None):
            if one.purpose == "article":
                articles.add(one.url.removeprefix(origin))
            elif one.purpose not in without:
                waiting.append(one.url.removeprefix(origin))
    return articles


@pytest.mark.parametrize("edition", [1, 2])
@pytest.mark.parametrize("without", [{"listing", "feed"}, {"sitemap", "feed"}], ids=["sitemaps", "sections"])
def test_each_article_of_the_demo_is_found(edition: int, without: set[str]) -> None:
    newspaper = Newspaper(now=datetime(2026, 11, 20, 12, tzinfo=UTC), edition=edition)
    found = crawled(newspaper, "/robots.txt", "/", without=frozenset(without))
    truth = newspaper.truth()
    articles = {article.path for article in truth.articles}
    assert found >= articles
    assert found <= articles | {*truth.missing, *truth.protected, *(old for old, _ in truth.moved)}


def test_an_xml_declaration_out_of_place_does_not_stop_the_reading() -> None:
    declared = f'\x00<?xml version="1.0" encoding="latin-1"?>{anchors("/2026/11/20/a/")}'
    assert follow(declared) == [("feed", "/rss"), ("article", "/2026/11/20/a/")]
    body = '\ufeff <?xml version="1.0" encoding="windows-1251"?><html><a href="/2026/11/20/дождь">x</a></html>'
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    page = Page(f"{SITE}/news/", 200, headers, body.encode(), datetime(2026, 11, 20, tzinfo=UTC), "urn:uuid:0")
    assert [one.url for one in follow_links(Document(page, Profile(site="x")))] == [canonical(f"{SITE}/2026/11/20/дождь")]
