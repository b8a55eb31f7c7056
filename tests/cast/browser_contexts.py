"""Contexts of the browser that are lent to one story after another: a new process for each costs half a second."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.cast.browser import PATIENCE

AXE = (Path(__file__).resolve().parents[1] / "assets" / "axe.min.js").read_text()
AXE_WHERE_ASKED = f"window.installAxe = () => {{{AXE}\n}};"
"""Read by the browser with each page and run only on those that are checked; handing it over then takes longer."""
ICON = "/static/design/icon.svg"
"""The page that keeps the process of a context alive between two stories."""


@dataclass
class Contexts:
    """Contexts by their options; one that comes back holds nothing of the story that had it."""

    browser: Browser
    address: str
    free: dict[str, list[tuple[BrowserContext, Page]]] = field(default_factory=lambda: defaultdict(list))

    @contextmanager
    def lent(self, width: int, height: int, **options: Any) -> Iterator[BrowserContext]:
        """Yield a context without a page of the site, cookies, storage and cache; afterwards it is emptied."""
        free = self.free[f"{width} {height} {sorted(options.items())}"]
        context, kept = free.pop() if free else self.opened(width, height, **options)
        yield context
        self.empty(context, kept)
        free.append((context, kept))

    def opened(self, width: int, height: int, **options: Any) -> tuple[BrowserContext, Page]:
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": width, "height": height},
            locale="ja-JP",
            timezone_id="Asia/Tokyo",
            **options,
        )
        context.set_default_timeout(PATIENCE)
        context.add_init_script(AXE_WHERE_ASKED)
        kept = context.new_page()
        kept.goto(ICON)
        return context, kept

    def empty(self, context: BrowserContext, kept: Page) -> None:
        """Close the pages of a story and forget cookies, permissions, stored data, cached pages and changed routes."""
        for page in context.pages:
            if page is not kept:
                page.close()
        context.unroute_all()
        context.clear_cookies()
        context.clear_permissions()
        protocol = context.new_cdp_session(kept)
        protocol.send("Storage.clearDataForOrigin", {"origin": self.address, "storageTypes": "all"})
        protocol.send("Network.clearBrowserCache")
        protocol.detach()
