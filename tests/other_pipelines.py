"""Pipelines as a user might add them."""

from __future__ import annotations

from typing import Any

from itemadapter import ItemAdapter
from scrapy.exceptions import DropItem


class Shout:
    """Changes every headline."""

    def process_item(self, item: Any) -> Any:
        adapter = ItemAdapter(item)
        if adapter.get("headline"):
            adapter["headline"] = adapter["headline"].upper().replace("“", "").replace("”", "")
        return item


class Refuse:
    """Drops the first comment of every page."""

    def process_item(self, item: Any) -> Any:
        if ItemAdapter(item).get("position") == 1:
            raise DropItem("not wanted")
        return item


class Stumble:
    """Fails on the second comment of every page."""

    def process_item(self, item: Any) -> Any:
        if ItemAdapter(item).get("position") == 2:
            raise ValueError("a bug in somebody's pipeline")
        return item
