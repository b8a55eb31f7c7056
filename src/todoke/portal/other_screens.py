"""Other screens ほかの画面: tells somebody who saves a page that another tab or device saved it since it was shown."""

import secrets
import time

from django.core.cache import cache

KEPT = 24 * 3600


def new_view() -> str:
    """Return the mark of one showing of a page: when, and which."""
    return f"{time.time_ns()}.{secrets.token_hex(4)}"


def saved_elsewhere(token: str, page_id: str, view: str) -> bool:
    """Note that a showing of a page was saved; tell whether another showing was saved after this one was shown.

    It only warns: the newest answers count, and a cache that forgot says False.
    """
    shown, _, mark = view.partition(".")
    if not shown.isdecimal() or not mark:
        return False
    key = f"portal.saved:{token}:{page_id}"
    last_view, last_at = cache.get(key) or ("", 0)
    cache.set(key, (view, time.time_ns()), KEPT)
    return bool(last_view) and last_view != view and last_at > int(shown[:20])
