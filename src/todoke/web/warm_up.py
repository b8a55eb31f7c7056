"""Warm-up 準備: asks the application for public pages before processes are forked, so that they share what pages load.

Templates, translations, the dictionary of the search, addresses, periodic tasks and the statements are then in memory
once for all processes, and the first resident or clerk does not wait for them. What is loaded for good is left out of
garbage collection (ごみ集め), so that no request waits for it.
"""

import gc
import io
import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from django.apps import apps
from django.conf import settings
from django.template.loader import get_template
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils.module_loading import import_string
from django.utils.translation import override

from todoke.japanese.variants import name_key
from todoke.runtime.rooms import periodic_tasks

PAGES = ("/", f"/procedures/?q={quote('住民票')}", "/accounts/login/")
log = logging.getLogger(__name__)
Environ = dict[str, Any]


@cache
def warm_up(application: Callable[[Environ, Callable[..., Any]], Iterable[bytes]]) -> None:
    """Load tables and templates and ask for each of ``PAGES``, once in the life of a program.

    An error is logged: the server starts all the same.
    """
    logging.disable(logging.INFO)
    try:
        _load_tables()
        _load_templates()
        for page in PAGES:
            body = application(_get(page), lambda status, headers, exc_info=None: None)
            b"".join(body)
            getattr(body, "close", bool)()
    except Exception:
        log.warning("the pages could not be prepared before the start", exc_info=True)
    finally:
        logging.disable(logging.NOTSET)


def _load_tables() -> None:
    """Load what no public page asks for: the addresses of each face in Japanese, variants of names, periodic tasks."""
    with override(settings.LANGUAGE_CODE):
        for face in get_resolver().namespace_dict:
            with suppress(NoReverseMatch):  # no page has an empty name; Django fills its tables before it says so
                reverse(f"{face}:")
    name_key("")
    for path, _ in periodic_tasks().values():
        import_string(path)


def _load_templates() -> None:
    """Compile our templates: were they read with their first page, each full collection would go through them."""
    for room in apps.get_app_configs():
        folder = Path(room.path, "templates")
        for page in folder.rglob("*.html") if room.name.startswith("todoke.") else ():
            get_template(page.relative_to(folder).as_posix())


def _get(page: str) -> Environ:
    """Return the environment of a GET of this page at the address of the installation, in Japanese."""
    public, (path, _, query) = urlsplit(settings.PUBLIC_URL), page.partition("?")
    return {
        "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": query,
        "SERVER_NAME": public.hostname or "localhost", "SERVER_PORT": str(public.port or 443),
        "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": public.netloc,
        "HTTP_ACCEPT_LANGUAGE": "ja", "HTTP_X_FORWARDED_PROTO": public.scheme, "wsgi.url_scheme": public.scheme,
        "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO(), "wsgi.version": (1, 0),
        "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
    }  # fmt: skip


def freeze_program() -> None:
    """Freeze what the process has loaded and collect less often; call it last before serving or forking."""
    if "garbage-collection" in settings.SPEED_UPS:
        gc.collect()
        gc.freeze()
        gc.set_threshold(20_000, 20, 20)
