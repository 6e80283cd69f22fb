"""Pindula News (Zimbabwe): WordPress-like articles, a flat list of readers' comments below them."""

from newsarchive.site import NewsSite


class Pindula(NewsSite):
    name = "pindula"
    title = "Pindula News"
    start_urls = ["https://news.pindula.co.zw/"]
    in_language = "en"
    languages = ("en", "sn", "nd")
    country = "ZW"
    time_zone = "Africa/Harare"
    article_urls = r"/\d{4}/\d{2}/\d{2}/[^/]+/$"
