"""The role matrix 権限表: what every page, act and download answers to every role, as reviewed by people.

Behind each address stands a real thing (``subjects``). A cell is the status, and for an act whether it was ``done``
(the trail has an entry more) or ``refused`` in words, for a download that a ``file`` came. ``./todoke test matrix``
adds the observed answer for every address, and every role, without one. Read each new one before you commit it: a 200
or a ``done`` in the column of somebody who has no business there is a hole.
"""

import csv
import re
from collections.abc import Callable, Collection, Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver

from tests.cast.role_matrix import subjects
from tests.cast.role_matrix.world import ROLES, World
from todoke.audit.models import Entry
from todoke.web.form_repopulation import REFUSAL

TABLE = Path(__file__).resolve().parents[2] / "security" / "role_matrix.csv"
METHODS = ("GET", "POST")
PLACE = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")
Key = tuple[str, str]
SENT_AWAY = {"302", "401", "403", "404"}
"""To the sign-in, without a right, or as if there were nothing."""
BY_CONVERTER = {"day": "2026-11-20", "int": "7", "serial": "7"}


def routes() -> Iterator[tuple[str, str]]:
    """Yield name and pattern of every address of the program."""
    yield from _walk(get_resolver().url_patterns, "", "")


def _walk(patterns: list[URLPattern | URLResolver], before: str, space: str) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        here = before + str(pattern.pattern).removeprefix("^").removesuffix("$")
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, here, space + (f"{pattern.namespace}:" if pattern.namespace else ""))
        else:
            yield space + (pattern.name or ""), here


def address(parts: dict[str, str], pattern: str) -> str:
    """Fill a pattern in with what it is about."""

    def fill(found: re.Match[str]) -> str:
        key = found[1] or found[2]
        converter = found[0][1:].partition(":")[0] if ":" in found[0] and found[1] else ""
        return parts.get(key) or BY_CONVERTER.get(converter) or "unknown"

    return "/" + PLACE.sub(fill, pattern).replace("\\", "").replace("^", "").replace("$", "")


def outcome(answer: Any, before: int) -> str:
    """Return what an answer says: its status, and what was done, refused or handed out."""
    said = str(answer.status_code)
    if "Content-Disposition" in answer.headers:
        return f"{said} file"
    if answer.wsgi_request.method != "POST":
        return said
    told = getattr(answer.wsgi_request, "_messages", ())
    is_refused = any(message.level >= messages.ERROR for message in getattr(told, "_queued_messages", ()))
    if is_refused or f'id="{REFUSAL}"'.encode() in answer.content:
        return f"{said} refused"
    return f"{said} done" if entries() > before else said


def entries() -> int:
    return Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def observed(
    world: World, asks: Callable[[Key, str], bool], methods: Collection[str] = METHODS
) -> dict[Key, dict[str, str]]:
    """Ask every address as each role that ``asks`` wants; what an answer changed and how often we ask goes."""
    found: dict[Key, dict[str, str]] = {}
    about = subjects.places(world)
    requests = [
        (name or pattern, method, address(subjects.at(about, name), pattern), subjects.body(name))
        for name, pattern in routes() for method in methods
    ]  # fmt: skip
    for role in ROLES:
        client = world.client(role, raise_request_exception=False)
        before = entries()
        signed_in = {name: morsel.value for name, morsel in client.cookies.items()}
        for name, method, path, body in requests:
            if not asks((name, method), role):
                continue
            client.cookies = SimpleCookie(signed_in)
            cache.clear()
            with transaction.atomic():
                answer = client.post(path, body) if method == "POST" else client.get(path)
                found.setdefault((name, method), {})[role] = outcome(answer, before)
                transaction.set_rollback(True)
    return found


def first_of_each(row: dict[str, str]) -> set[str]:
    """Return the first role of each answer of a row; everybody where the row is not known."""
    firsts = {answer: role for role, answer in reversed(row.items())}
    return set(firsts.values()) or set(ROLES)


def asked(row: dict[str, str]) -> set[str]:
    """Return whoever a row sends away, one of those who get the same, and whoever has not signed in."""
    refused = {role for role, answer in row.items() if answer.removesuffix(" refused") in SENT_AWAY}
    return first_of_each(row) | refused | {"anonymous"}


def read() -> dict[Key, dict[str, str]]:
    """Return the reviewed table; a row of before a role was added lacks the answer to it."""
    if not TABLE.exists():
        return {}
    with TABLE.open(newline="") as file:
        rows = [{name: said for name, said in row.items() if said} for row in csv.DictReader(file)]
    return {(row.pop("address"), row.pop("method")): row for row in rows}


def write(rows: dict[Key, dict[str, str]]) -> None:
    with TABLE.open("w", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["address", "method", *ROLES])
        for (name, method), row in sorted(rows.items()):
            table.writerow([name, method, *(row[role] for role in ROLES)])
