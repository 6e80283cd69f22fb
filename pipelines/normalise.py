"""Bring every item into the form in which the catalogue keeps it."""

from newsarchive.catalogue.normalise import normalise
from newsarchive.items import Article, Comment, Item


class Normalise:
    """Clean the texts of our items; other items pass as they are."""

    def process_item(self, item: Item) -> Item:
        return normalise(item) if isinstance(item, Article | Comment) else item
