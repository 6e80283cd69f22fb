"""Articles are read from pages of every kind of mark-up, and pages that are no article give none."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from newsarchive.errors import LayoutChanged
from newsarchive.items import Article, Page, Profile
from newsarchive.reading.article import read_article
from newsarchive.reading.byline import names
from newsarchive.reading.dates import read_instant
from newsarchive.reading.document import Document

PAGES = Path(__file__).parent / "pages"
AT = datetime(2026, 11, 23, tzinfo=UTC)
PROSE = (
    "The council met on Tuesday evening and decided, by nine votes against four, to leave the market where it is. "
    "Traders had feared a move to the edge of the town, where the rents are lower and the customers fewer. "
) * 2


def document(
    body: str, url: str = "https://paper.example/news/market-stays", *, status: int = 200, profile: Profile | None = None
) -> Document:
    page = Page(url, status, (("Content-Type", "text/html; charset=utf-8"),), body.encode(), AT, "urn:uuid:1")
    return Document(page, profile or Profile(site="paper-example"))


def from_file(name: str, url: str, profile: Profile | None = None) -> Document:
    return document((PAGES / f"article-{name}.html").read_text("utf-8"), url, profile=profile)


def found(page: Document) -> Article:
    article = read_article(page)
    assert article is not None
    return article


def simple(head: str = "", body: str = "", *, attributes: str = "") -> str:
    text = f"<div><p>{PROSE}</p><p>{PROSE}!</p></div>"
    return f"<html><head>{head}</head><body {attributes}><h1>Market stays</h1>{body}{text}</body></html>"


def test_a_comment_does_not_date_the_article() -> None:
    page = document(simple(body='<div id=comments><abbr class=published title="2026-03-02T10:00:00Z">02/03/2026</abbr></div>'))
    comments = page.tree.xpath('//*[@id="comments"]')
    dated, undated = found(page), read_article(page, without=comments)
    assert dated.date_published == datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
    assert undated is not None
    assert undated.date_published is None


@pytest.fixture
def wordpress() -> Document:
    return from_file("wordpress", "https://courier.example/2024/05/17/kanyama-dam/", Profile(site="courier-example"))


def test_wordpress_post(wordpress: Document) -> None:
    comments = wordpress.tree.xpath('//*[@id="comments"]')
    article = read_article(wordpress, without=comments)
    assert article is not None
    assert article.id == "courier-example:post-731"
    assert article.url == "https://courier.example/2024/05/17/kanyama-dam/"
    assert article.aliases == ["https://courier.example/?p=731", "https://courier.example/2024/05/17/kanyama-dam/amp/"]
    assert article.headline == "Dam at Kanyama nears completion"
    assert article.authors == ["Tariro Moyo"]
    assert article.date_published == datetime(2024, 5, 17, 6, 30, tzinfo=UTC)
    assert article.date_published_raw == "2024-05-17T08:30:00+02:00"
    assert article.date_modified == datetime(2024, 5, 18, 7, 0, tzinfo=UTC)
    assert (article.section, article.tags, article.in_language) == ("News", ["water", "Kanyama"], "en-GB")
    assert article.comment_count_reported == 2
    assert article.attribution == "More: The Herald"
    assert article.links == ["https://courier.example/2024/03/02/farms/"]
    assert article.media == ["https://courier.example/wp-content/uploads/wall.jpg"]


def test_text_is_the_articles_own_and_nothing_else(wordpress: Document) -> None:
    text = read_article(wordpress, without=wordpress.tree.xpath('//*[@id="comments"]')).text or ""  # type: ignore[union-attr]
    paragraphs = text.split("\n\n")
    assert paragraphs[0].startswith("Engineers closed the last")
    assert paragraphs[-1].startswith("“We were promised water")
    assert {"Who pays", "9 million"} <= set(paragraphs)
    for alien in (
        "Also read",
        "More:",
        "Photo:",
        "Share this",
        "animals are still waiting",
        "regional bank who really",
        "Leave a comment",
        "Tariro",
    ):
        assert alien not in text


def test_the_shared_tree_stays_as_it_is(wordpress: Document) -> None:
    before = html.tostring(wordpress.tree)
    read_article(wordpress, without=wordpress.tree.xpath('//*[@id="comments"]'))
    read_article(wordpress)
    assert html.tostring(wordpress.tree) == before


def test_json_ld_graph() -> None:
    article = found(from_file("graph", "https://www.harbour.example/news/ferry-strike-88123.html?utm_source=x"))
    assert article.id == "paper-example:/news/ferry-strike-88123.html"
    assert article.headline == "Ferry strike enters second week"
    assert article.alternative_headline == "Islanders run short of flour"
    assert article.authors == ["Nomsa Khumalo", "Pieter van Wyk"]
    assert article.date_published == datetime(2023, 9, 4, 4, 0, tzinfo=UTC)
    assert article.date_modified == datetime(2023, 9, 5, 7, 15, tzinfo=UTC)
    assert (article.section, article.tags, article.in_language) == ("News", ["ferries", "strike"], "en-ZA")
    assert (article.paywalled, article.comment_count_reported) == (True, 14)
    assert article.main_image == "https://www.harbour.example/images/ferry.jpg"
    assert article.attribution == "Additional reporting by Thabo Nkosi"
    assert (article.text or "").endswith("neither expects them to be short.")


def test_page_of_tables_and_fonts() -> None:
    article = found(from_file("plain", "http://village.example/n/bridge.html"))
    assert article.headline == "Bridge closed after flood"
    assert article.date_published == datetime(2009, 4, 3, tzinfo=UTC)
    assert (article.text or "").startswith("The old stone bridge")
    assert (article.text or "").count("\n\n") == 2
    assert article.authors == []


def test_broken_json_ld_still_tells_its_plain_fields() -> None:
    author = '"author": {"@type": "Person", "name": "Ada Lo"}'
    script = f'{{"@type": "NewsArticle", "headline": "Market stays", {author}, "datePublished": "2024-02-03T04:05:06Z",, }}'
    article = found(document(simple(f'<script type="application/ld+json">{script}</script>')))
    assert (article.headline, article.authors, article.date_published) == (
        "Market stays",
        ["Ada Lo"],
        datetime(2024, 2, 3, 4, 5, 6, tzinfo=UTC),
    )


def test_text_only_in_json_ld() -> None:
    script = json.dumps({"@type": "Article", "headline": "Market stays", "articleBody": PROSE + "<b>So it stays.</b>"})
    article = found(
        document(f'<html><body><script type="application/ld+json">{script}</script><div id="app"></div></body></html>')
    )
    assert (article.text or "").endswith("So it stays.")


def test_profile_overrides_what_the_page_says() -> None:
    selectors = (("headline", ".t"), ("author", ".a"), ("date", ".d"), ("text", ".b"))
    profile = Profile(site="s", time_zone="Africa/Harare", selectors=selectors)
    head = '<meta name="author" content="Wrong Name"><meta property="article:published_time" content="2020-01-01">'
    marks = '<i class="t">Right title</i><i class="a">By Right Name</i><i class="d">5 March 2024, 14:30</i>'
    marks += f'<div class="b"><p>{PROSE}</p></div>'
    article = found(document(simple(head, marks), profile=profile))
    assert (article.headline, article.authors) == ("Right title", ["Right Name"])
    assert article.date_published == datetime(2024, 3, 5, 12, 30, tzinfo=UTC)
    assert article.text == PROSE.strip()


@pytest.mark.parametrize(
    ("url", "head", "expected"),
    [
        ("https://paper.example/a/story?fbclid=1", "", "https://paper.example/a/story"),
        ("https://paper.example/a/story/amp/", '<link rel="canonical" href="/a/story/">', "https://paper.example/a/story/"),
        (
            "https://paper.example/a/story",
            '<link rel="canonical" href="https://paper.example/">',
            "https://paper.example/a/story",
        ),
        (
            "https://paper.example/a/story",
            '<link rel="canonical" href="https://agency.example/b">',
            "https://paper.example/a/story",
        ),
        ("https://paper.example/a/story/comment-page-2/", "", "https://paper.example/a/story/"),
        ("https://paper.example/a/story", '<link rel="canonical" href="http://[bad/">', "https://paper.example/a/story"),
    ],
)
def test_address(url: str, head: str, expected: str) -> None:
    assert found(document(simple(head), url)).url == expected


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("https://paper.example/", simple()),
        ("https://paper.example/index.php", simple()),
        (
            "https://paper.example/about/",
            simple('<meta name="generator" content="WordPress 6">', attributes='class="page page-id-7"'),
        ),
        (
            "https://paper.example/x/",
            simple('<meta name="generator" content="WordPress 6">', attributes='class="archive category"'),
        ),
        ("https://paper.example/x/", simple('<script type="application/ld+json">{"@type": "CollectionPage"}</script>')),
        ("https://paper.example/tag/markets/", simple()),
        ("https://paper.example/enter", '<form><input type="password"></form><p>Please enter your name and your password.</p>'),
        ("https://paper.example/gone", simple("<title>Page not found - Paper</title>")),
        (
            "https://paper.example/2024/secret/",
            simple(attributes='class="single postid-9"', body='<form class="post-password-form"></form>'),
        ),
        ("https://paper.example/empty", "<html><body></body></html>"),
    ],
)
def test_no_article(url: str, page: str) -> None:
    assert read_article(document(page, url)) is None


def test_missing_page_is_no_article() -> None:
    assert read_article(document(simple(), status=404)) is None


def test_list_of_teasers_is_no_article() -> None:
    teasers = "".join(f'<div><h3><a href="/s/{n}">Story {n}</a></h3><p>{PROSE[:90]} {n}</p></div>' for n in range(9))
    assert (
        read_article(
            document(
                f"<html><head><title>Sport</title></head><body><h1>Sport</h1>{teasers}</body></html>",
                "https://paper.example/sport",
            )
        )
        is None
    )


def test_number_at_the_end_is_no_continuation() -> None:
    assert read_article(document(simple(), "https://paper.example/news/2024/11/17")) is not None


def test_article_without_anything_has_changed_its_layout() -> None:
    with pytest.raises(LayoutChanged, match=r"paper\.example/news"):
        read_article(document('<html><head><meta property="og:type" content="article"></head><body></body></html>'))


@pytest.mark.parametrize(
    ("byline", "people"),
    [
        ("By Jane Doe", ["Jane Doe"]),
        ("By Jane Doe and John Roe, Staff Writer", ["Jane Doe", "John Roe"]),
        ("Doe, Jane", ["Jane Doe"]),
        ("Jane Doe, John Roe & Ana Poe", ["Jane Doe", "John Roe", "Ana Poe"]),
        ("José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("Ana Ruiz y Luis Gil", ["Ana Ruiz", "Luis Gil"]),
        ("Von Anna Sleegers | Updated 3 May 2024", ["Anna Sleegers"]),
        ("View all of Jean-Luc O’Brien-Smith's posts.", ["Jean-Luc O’Brien-Smith"]),
        ("Staff Reporter", ["Staff Reporter"]),
        ("Zandile “Zee” Dube", ["Zandile “Zee” Dube"]),
        ("paper.example", []),
        ("desk@paper.example", []),
        ("https://facebook.com/paper", []),
        ("The Paper", []),
        ("admin", []),
    ],
)
def test_names(byline: str, people: list[str]) -> None:
    assert names([byline], {"the paper"}) == people


@pytest.mark.parametrize(
    ("raw", "language", "expected"),
    [
        ("2024-05-17T08:30:00+02:00", None, datetime(2024, 5, 17, 6, 30, tzinfo=UTC)),
        ("2024-05-17T08:30:00.123Z", None, datetime(2024, 5, 17, 8, 30, tzinfo=UTC)),
        ("2024-05-17 08:30", None, datetime(2024, 5, 17, 6, 30, tzinfo=UTC)),
        ("20240517T083000Z", None, datetime(2024, 5, 17, 8, 30, tzinfo=UTC)),
        ("1715934600", None, datetime(2024, 5, 17, 8, 30, tzinfo=UTC)),
        ("1715934600000", None, datetime(2024, 5, 17, 8, 30, tzinfo=UTC)),
        ("Fri, 17 May 2024 08:30:00 GMT", None, datetime(2024, 5, 17, 8, 30, tzinfo=UTC)),
        ("03/04/2024", "en-GB", datetime(2024, 4, 2, 22, 0, tzinfo=UTC)),
        ("03/04/2024", "en-US", datetime(2024, 3, 3, 22, 0, tzinfo=UTC)),
        ("12/11/2026", "en-GB", datetime(2026, 11, 11, 22, 0, tzinfo=UTC)),
        ("11/12/2026", "en-GB", datetime(2026, 11, 11, 22, 0, tzinfo=UTC)),  # 11 December has not come yet
        ("17.05.2024 um 21:05", "de", datetime(2024, 5, 17, 19, 5, tzinfo=UTC)),
        ("Published on 17 May 2024 at 9:05 pm", "en", datetime(2024, 5, 17, 19, 5, tzinfo=UTC)),
        ("17. März 2024", "de", datetime(2024, 3, 16, 22, 0, tzinfo=UTC)),
        ("2031-01-01T00:00:00Z", None, None),
        ("9999-12-31T23:59:59-12:00", None, None),
        ("2024-13-45", None, None),
        ("three hours ago", "en", None),
        ("", None, None),
    ],
)
def test_instants(raw: str, language: str | None, expected: datetime | None) -> None:
    assert read_instant(raw, at=AT, time_zone="Africa/Harare", language=language) == expected


def test_words_with_an_offset_are_believed_before_those_without() -> None:
    head = '<meta property="article:published_time" content="2024-05-17T08:30:00">'
    head += '<meta name="dc.date" content="2024-05-17T08:30:00+02:00">'
    article = found(document(simple(head)))
    assert article.date_published == datetime(2024, 5, 17, 6, 30, tzinfo=UTC)
    assert article.date_published_raw == "2024-05-17T08:30:00+02:00"


def test_what_is_no_html_is_no_article() -> None:
    page = Page("https://paper.example/a.json", 200, (("Content-Type", "application/json"),), simple().encode(), AT, "urn:uuid:1")
    assert read_article(Document(page, Profile(site="s"))) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.just("2024-05-17"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "@id", "url", "@type", "@value"]), inner, max_size=3)
    ),
    max_leaves=8,
)
FIELDS = (
    "headline",
    "author",
    "datePublished",
    "keywords",
    "image",
    "articleBody",
    "publisher",
    "mainEntityOfPage",
    "commentCount",
    "url",
)


@given(st.dictionaries(st.sampled_from(FIELDS), JSON))
@settings(max_examples=60, deadline=None)
def test_any_json_ld_is_survived(fields: dict[str, object]) -> None:
    script = json.dumps({"@type": "NewsArticle", **fields}).replace("</", "<\\/")
    article = found(document(simple(f'<script type="application/ld+json">{script}</script>')))
    assert article.headline
    assert PROSE.strip() in (article.text or "")


def test_json_ld_of_endless_depth_is_survived() -> None:
    script = '{"@type": "NewsArticle", "author": ' + "[" * 400 + "]" * 400 + ', "image": ' + '{"url": ' * 400 + "1" + "}" * 401
    assert found(document(simple(f'<script type="application/ld+json">{script}</script>'))).headline == "Market stays"


SHARED = Path(os.environ.get("NEWSARCHIVE_SHARED") or Path(__file__).parents[3] / "shared") / "benchmarks"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the benchmark pages are not here")
@pytest.mark.parametrize(
    ("name", "least"), [("articles", {"f1": 0.98}), ("metadata", {"f1": 0.95, "headline": 0.86, "authors": 0.9, "date": 0.98})]
)
def test_real_pages(name: str, least: dict[str, float]) -> None:
    run = subprocess.run([sys.executable, SHARED / "reading.py", SHARED / name], capture_output=True, text=True, check=True)
    figures = json.loads(run.stdout)
    assert {field: figures[field] for field in least if figures[field] < least[field]} == {}
