"""Thread locals スレッドごとの値: language, address prefix and connections are kept per thread, not per coroutine.

Django keeps them in asgiref's ``Local``, which also serves coroutines: it takes a lock that all threads share and calls
five functions for each reading, a thousand times for one application. This program answers every request in one thread.
It replaces private parts of Django, therefore only of a version that was read (decision 6).
"""

from threading import local
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import connections
from django.urls import base as urls
from django.utils import timezone
from django.utils.translation import trans_real as translation

from todoke.compiled_queries import READ

KEPT: tuple[tuple[Any, str], ...] = (
    (translation, "_active"),
    (timezone, "_active"),
    (urls, "_prefixes"),
    (urls, "_urlconfs"),
)
HANDLERS: tuple[Any, ...] = (connections, caches)


def use_thread_locals() -> None:
    """Replace Django's locals by those of the thread; what this thread holds in them stays."""
    if not READ or "thread-locals" not in settings.SPEED_UPS:
        return
    for module, name in KEPT:
        before, after = getattr(module, name), local()
        if hasattr(before, "value"):
            after.value = before.value
        setattr(module, name, after)
    for handler in HANDLERS:
        opened = {alias: handler[alias] for alias in handler if hasattr(handler._connections, alias)}  # noqa: SLF001 - see above
        handler._connections = local()  # noqa: SLF001 - see above
        for alias, connection in opened.items():
            handler[alias] = connection
