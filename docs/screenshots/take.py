"""Take the screenshots of this folder anew, of the built-in newspaper's archive: `make screenshots` (Chromium is needed)."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from datasette.utils import tilde_encode
from selenium import webdriver
from selenium.webdriver.support.ui import WebDriverWait

HERE = Path(__file__).parent
SIZES = {"": (1000, 560), "-phone": (390, 700)}
COMMAND = (sys.executable, "-m", "newsarchive.cli", "--dir")
# The most discussed of the articles that were edited, of those with a deleted comment, and of all.
EDITED = "SELECT id FROM articles WHERE revision_count > 0 ORDER BY comment_count DESC LIMIT 1"
DELETED = """
SELECT article_id, id FROM comments WHERE status = 'deleted' AND article_id IS NOT NULL
ORDER BY (SELECT comment_count FROM articles WHERE id = article_id) DESC LIMIT 1
"""
CAPTURE = "SELECT capture_id FROM articles ORDER BY comment_count DESC LIMIT 1"


def main() -> None:
    """Crawl the newspaper, serve its archive, and write a PNG for each page and size."""
    with tempfile.TemporaryDirectory() as folder:
        kept = os.environ | {"NEWSARCHIVE_REQUISITES": "all"}  # so that pages look as they did
        subprocess.run([*COMMAND, folder, "demo"], check=True, stdout=subprocess.DEVNULL, env=kept)
        with serving(folder) as address, chromium() as browser:
            for name, path in pages(Path(folder)).items():
                for size, (width, height) in SIZES.items():
                    if not size or name in {"start", "thread"}:
                        take(browser, address + path, HERE / f"{name}{size}.png", width, height)


def pages(folder: Path) -> dict[str, str]:
    """What is shown, by the name of its file."""
    with closing(sqlite3.connect(folder / "catalogue.db")) as db:
        edited, capture = (tilde_encode(db.execute(sql).fetchone()[0]) for sql in (EDITED, CAPTURE))
        article, comment = db.execute(DELETED).fetchone()
    return {
        "start": "",
        "thread": f"-/article/{tilde_encode(article)}?comment={quote(comment)}#c-{tilde_encode(comment)}",
        "difference": f"-/article/{edited}?from=#text",
        "page": f"-/capture/{capture}",
        "search": "-/search?q=water",
        "picture": "-/pictures/written#comments",
    }


@contextmanager
def serving(folder: str) -> Iterator[str]:
    """The address of the archive, while it is served."""
    with subprocess.Popen([*COMMAND, folder, "serve", "--port", "0"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().partition(" at ")[2].split(" ")[0]
        finally:
            process.terminate()


@contextmanager
def chromium() -> Iterator[webdriver.Chrome]:
    """Debian's Chromium, without a window."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in ("headless=new", "no-sandbox", "disable-gpu", "disable-dev-shm-usage", "hide-scrollbars"):
        options.add_argument(f"--{flag}")
    browser = webdriver.Chrome(options, webdriver.ChromeService(shutil.which("chromedriver")))
    yield browser
    browser.quit()


def take(browser: webdriver.Chrome, address: str, file: Path, width: int, height: int) -> None:
    """Write what a window of this size shows of a page, charts and frames drawn."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.get("about:blank")
    browser.get(address)
    drawn = "return document.readyState === 'complete' && !document.querySelector('.drawing[hidden]')"
    WebDriverWait(browser, 20).until(lambda there: there.execute_script(drawn))
    browser.save_screenshot(str(file))
    print(f"{file.name}: {file.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
