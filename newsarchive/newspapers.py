"""Scrapy's spider loader for newspapers: those of the project, and those in the folder that NEWSARCHIVE_SITES names.

A slip in one file costs this newspaper, with a warning, and no other; Scrapy's own loader stops at the first.
"""

from __future__ import annotations

import os
import warnings
from importlib import import_module
from pkgutil import iter_modules

from scrapy.settings import BaseSettings
from scrapy.spiderloader import SpiderLoader

from newsarchive.settings import sites_folder

YOURS = "newsarchive.yours"


class Newspapers(SpiderLoader):
    """Loads each newspaper's file by itself."""

    def __init__(self, settings: BaseSettings) -> None:
        if settings["NEWSARCHIVE_SITES"]:
            os.environ["NEWSARCHIVE_SITES"] = settings[
                "NEWSARCHIVE_SITES"
            ]  # for the readers' processes, which import them by name
        super().__init__(settings)

    def _load_all_spiders(self) -> None:
        for name in (*self.spider_modules, *self._yours()):
            package = import_module(name)
            self._load_spiders(package)
            for found in iter_modules(getattr(package, "__path__", [])):
                self._load_newspaper(f"{name}.{found.name}")
        self._check_name_duplicates()

    def _yours(self) -> tuple[str, ...]:
        folder = sites_folder()
        if folder and not folder.is_dir():
            warnings.warn(f"NEWSARCHIVE_SITES: {folder} is no folder", RuntimeWarning, stacklevel=2)
        return (YOURS,) if folder else ()

    def _load_newspaper(self, module: str) -> None:
        try:
            self._load_spiders(import_module(module))
        except Exception as error:  # a newspaper's file is code, and may fail in any way
            said = f"the newspaper in {module} cannot be loaded: {type(error).__name__}: {error}"
            warnings.warn(said, RuntimeWarning, stacklevel=2)
