"""Pages that answer and are no newspaper's: a challenge to prove that one is human, a domain that is for sale, nothing at all.

Only asked of pages that showed nothing: the scripts of a bot defence stand in honest pages, too. The marks are those that the
defences' and registrars' own pages carry (seen in 2024 to 2026).
"""

from __future__ import annotations

import re
from typing import Literal

from newsarchive.items import Page, Reading

Sign = Literal["challenge", "parked", "empty"]

_LOOKED_AT = 200_000  # bytes
_CHALLENGE_HEADERS = {"cf-mitigated": "challenge", "x-amzn-waf-action": "", "x-datadome": "", "x-sucuri-block": ""}
_CHALLENGE = re.compile(
    rb"<title>\s*(?:just a moment|attention required! \| cloudflare|ddos-guard|checking your browser|making sure you're not a bot"
    rb"|access denied|you have been blocked|are you a robot|human verification|security check|bot verification)"
    rb"|window\._cf_chl_opt|_incapsula_resource|geo\.captcha-delivery\.com|px-captcha|/\.well-known/sgcaptcha/"
    rb"|awswafintegration|id=\"anubis_challenge\"|verify (?:that )?you are (?:a )?human"
    rb"|enable javascript and cookies to continue",
    re.IGNORECASE,
)
_PARKED = re.compile(
    rb"this domain (?:name )?(?:is|may be) (?:for sale|parked)|(?:buy|purchase) this domain|domain (?:name )?(?:is|has) expired"
    rb"|sedoparking\.com|parkingcrew\.net|parklogic\.com|bodis\.com|above\.com/marketplace|hugedomains\.com/domain_profile"
    rb"|afternic\.com/forsale|dan\.com/buy-domain|/_fd\?|window\.park ?=|this account has been suspended"
    rb"|welcome to nginx!|apache2 (?:ubuntu|debian) default page|default web (?:site )?page",
    re.IGNORECASE,
)
_MARKUP = re.compile(rb"<(script|style|noscript|head)\b.*?</\1\s*>|<[^>]*>", re.IGNORECASE | re.DOTALL)
_LEAST = 40  # bytes of text outside of tags; an error in one sentence has as many


def sign_of(page: Page, reading: Reading) -> Sign | None:
    """What a page is in a newspaper's place; None where it shows an article, comments or a way to articles."""
    if reading.article or reading.comments or any(follow.purpose == "article" for follow in reading.follow):
        return None
    names = {name.lower(): value.lower() for name, value in page.headers}
    if any(name in names and mark in names[name] for name, mark in _CHALLENGE_HEADERS.items()):
        return "challenge"
    body = page.body[:_LOOKED_AT]
    if _CHALLENGE.search(body):
        return "challenge"
    if _PARKED.search(body):
        return "parked"
    if reading.readers in {("feed",), ("sitemap",), ("robots",)}:
        return None
    return "empty" if len(_MARKUP.sub(b"", body).strip()) < _LEAST else None
