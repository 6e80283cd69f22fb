"""The pages that readers see, set in type."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from markupsafe import Markup

from newsarchive.demo.ages import in_words
from newsarchive.demo.edition import FLAT_SECTION, Edition, Story
from newsarchive.demo.manuscript import SECTIONS
from newsarchive.demo.typesetting import PAPER, date_words, local, plain, templates, tree

STORIES_PER_PAGE = 5
FLAT_PER_PAGE = 20
GONE = "/2011/01/almanac/"
ABOUT = (
    "The Muunga Courier has been set, printed and argued over in Muunga Drift since 1957, when Josiah Marufu bought a flat-bed "
    "press from a mission station and carried it across the ford in eleven pieces.",
    "Six people work here. We print on Thursdays and are on the web every day. We correct what we get wrong, and we say so.",
    "Readers may comment under every story unless we say otherwise. A comment stays up unless it harms somebody; "
    "it may wait for the editor if it is your first.",
    "Everything here is made up: the town, the river, the people and their opinions.",
)


@dataclass(frozen=True)
class Pages:
    """The pages of one edition at the instant `now`, for readers who know the site as `base` (`http://host:port`)."""

    edition: Edition
    now: datetime
    base: str

    def home(self) -> str:
        """The front page: the newest story, six more, and of each section three that are not above."""
        lead, *seconds = [story for story in self.edition.public if story.section != FLAT_SECTION][:7]
        rest = [story for story in self.edition.public if story not in (lead, *seconds)]
        strips = {slug: [story for story in rest if story.section == slug][:3] for slug in SECTIONS}
        return self._set("home.html", title=PAPER, body_class="home blog", lead=lead, seconds=seconds, strips=strips)

    def listing(self, path: str, heading: str, stories: Sequence[Story], page: int = 1, section: str = "") -> str | None:
        """One page of a list of stories (a section, a tag, an author); None beyond the last page."""
        start, end = (page - 1) * STORIES_PER_PAGE, page * STORIES_PER_PAGE
        if not stories[start:end]:
            return None
        newer = path if page == 2 else f"{path}page/{page - 1}/" if page > 2 else None
        return self._set(
            "listing.html",
            title=f"{heading} – {PAPER}",
            body_class="archive",
            path=path if page == 1 else f"{path}page/{page}/",
            heading=heading,
            stories=stories[start:end],
            section=section,
            newer=newer,
            older=f"{path}page/{page + 1}/" if stories[end:] else None,
        )

    def article(self, story: Story, page: int | None = None, answering: int | None = None) -> str | None:
        """An article with one page of its WordPress thread; None beyond the last page.

        `answering` is the comment that `?replytocom=` names: the same page with another reply form.
        """
        number = page or story.plain_page
        if not 1 <= number <= len(story.pages):
            return None
        here = story.path if number == story.plain_page else f"{story.path}comment-page-{number}/"
        names = {post.id: post.author_name for post in story.thread}
        return self._set(
            "article.html",
            **self._about(story),
            charset=story.header.get("charset", "utf-8"),
            body_class=f"post-template-default single single-post postid-{story.id} single-format-standard",
            canonical=here if here == story.path else f"{here}#comments",
            here=here,
            older=self._comment_page(story, number - 1),
            newer=self._comment_page(story, number + 1),
            tree=tree(story.pages[number - 1]),
            open=story.comments == "wordpress",
            answering=names.get(answering or 0),
            answering_id=answering if answering in names else 0,
        )

    def street(self, story: Story) -> str:
        """An article with the first twenty of its flat list."""
        return self._set(
            "street.html",
            **self._about(story),
            body_class="street",
            json_ld=Markup(json.dumps(self._json_ld(story), ensure_ascii=False, indent=1).replace("</", "<\\/")),
            posts=story.thread[:FLAT_PER_PAGE],
            more=self._more(story, FLAT_PER_PAGE),
            age=partial(in_words, now=self.now),
        )

    def more(self, story: Story, offset: int) -> str:
        """The next twenty of a flat list, as the load-more button asks for them: JSON."""
        shown = story.thread[offset : offset + FLAT_PER_PAGE]
        comments = [{"name": p.author_name, "age": in_words(p.created, self.now), "text": plain(p.text)} for p in shown]
        following = self._more(story, offset + FLAT_PER_PAGE)
        answer = {"article": story.id, "total": len(story.thread), "comments": comments, "next": following}
        return json.dumps(answer, ensure_ascii=False)

    def print_version(self, story: Story) -> str:
        """An article for paper: no comments, and a canonical link to the real page."""
        return self._set("print.html", story=story, language=story.language)

    def protected(self, story: Story) -> str:
        """An article behind a password, as WordPress shows it: headline and form."""
        return self._set("protected.html", title=f"Protected: {story.headline} – {PAPER}", story=story, section=story.section)

    def plain(self, heading: str, lines: Iterable[str], links: Iterable[tuple[str, str]] = (), robots: str = "") -> str:
        """A page of a few lines: about us, an error, the calendar."""
        return self._set(
            "plain.html", title=f"{heading} – {PAPER}", heading=heading, lines=list(lines), links=list(links), robots=robots
        )

    def _about(self, story: Story) -> dict[str, Any]:
        related = [other for other in self.edition.public if other.section == story.section and other.id != story.id][:3]
        title = f"{story.headline} – {PAPER}"
        return {"title": title, "story": story, "related": related, "section": story.section, "language": story.language}

    def _comment_page(self, story: Story, number: int) -> str | None:
        if not 1 <= number <= len(story.pages):
            return None
        return story.path if number == 1 and not story.newest_first else f"{story.path}comment-page-{number}/"

    def _more(self, story: Story, offset: int) -> str | None:
        return f"/api/comments?article={story.id}&offset={offset}" if offset < len(story.thread) else None

    def _json_ld(self, story: Story) -> dict[str, Any]:
        return {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "mainEntityOfPage": self.base + story.path,
            "headline": story.headline,
            "image": [f"{self.base}/images/{story.manuscript.slug}.svg"],
            "datePublished": local(story.published).isoformat(),
            "dateModified": local(story.modified).isoformat(),
            "author": [{"@type": "Person", "name": name} for name in story.authors],
            "publisher": {"@type": "NewsMediaOrganization", "name": PAPER, "url": f"{self.base}/"},
            "articleSection": story.section_name,
            "keywords": list(story.tags),
            "inLanguage": story.language,
            "commentCount": len(story.thread),
        }

    def _set(self, template: str, **names: Any) -> str:
        always = {
            "base": self.base,
            "edition": self.edition,
            "sections": SECTIONS,
            "section": "",
            "today": date_words(self.edition.printed),
            "month": f"{local(self.edition.printed):%Y/%m}",
            "most_read": sorted(self.edition.public, key=lambda story: -len(story.thread))[:4],
            "gone": GONE,
        }
        return templates().get_template(template).render(always | names)
