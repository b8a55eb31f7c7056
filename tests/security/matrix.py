"""The role matrix 権限表: what every address answers to every role and method, as reviewed by people.

``./todoke test matrix`` adds a row with the observed answer for every address without one. Read each new row before you
commit it: a 200 in the column of somebody who has no business there is a hole.
"""

import csv
import re
from collections.abc import Container, Iterator
from http.cookies import SimpleCookie
from pathlib import Path

from django.core.cache import cache
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver

from tests.security.world import ROLES, World

TABLE = Path(__file__).with_name("role_matrix.csv")
METHODS = ("GET", "POST")
PLACE = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")
Key = tuple[str, str]
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


def address(world: World, name: str, pattern: str) -> str:
    """Fill a pattern in: with the world's own case, letter, draft and so on where it is about them."""
    known = _about(world, name)

    def fill(found: re.Match[str]) -> str:
        key = found[1] or found[2]
        converter = found[0][1:].partition(":")[0] if ":" in found[0] and found[1] else ""
        return known.get(key) or BY_CONVERTER.get(converter) or ("P-999999" if "procedures" in pattern else "unknown")

    return "/" + PLACE.sub(fill, pattern).replace("\\", "").replace("^", "").replace("$", "")


def _about(world: World, name: str) -> dict[str, str]:
    case, offer = world.case, world.case.release.offer
    if name.startswith("office:proposal"):
        return {"number": case.proposal.number if case.proposal else ""}
    if name.startswith(("office:case", "portal:case", "portal:letter", "portal:correction", "portal:withdraw")):
        token = world.upload.token if name == "office:case-upload" else world.letter.token
        return {"number": case.number, "token": token}
    if name in {"portal:start", "portal:begin", "portal:procedure", "portal:agent", "portal:agent-begin"}:
        return {"number": offer.procedure.number}
    if name.startswith("portal:application") or name in {"portal:submission", "portal:receipt"}:
        return {"token": world.draft.submission.token, "page_id": "person"}
    return {"code": offer.code, "number": offer.procedure.number} if name.startswith("studio:") else {}


def observed(world: World, *, but: Container[Key] = ()) -> dict[Key, dict[str, str]]:
    """Ask every address as everybody, ``but`` those; nothing that an answer changed stays, nor how often we asked."""
    found: dict[Key, dict[str, str]] = {}
    for role in ROLES:
        client = world.client(role, raise_request_exception=False)
        signed_in = {name: morsel.value for name, morsel in client.cookies.items()}
        for name, pattern in routes():
            for method in METHODS:
                if (name or pattern, method) in but:
                    continue
                client.cookies = SimpleCookie(signed_in)
                cache.clear()
                with transaction.atomic():
                    status = client.generic(method, address(world, name, pattern)).status_code
                    transaction.set_rollback(True)
                found.setdefault((name or pattern, method), {})[role] = str(status)
    return found


def read() -> dict[Key, dict[str, str]]:
    """Return the reviewed table."""
    if not TABLE.exists():
        return {}
    with TABLE.open(newline="") as file:
        return {(row.pop("address"), row.pop("method")): row for row in csv.DictReader(file)}


def write(rows: dict[Key, dict[str, str]]) -> None:
    with TABLE.open("w", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["address", "method", *ROLES])
        for (name, method), row in sorted(rows.items()):
            table.writerow([name, method, *(row[role] for role in ROLES)])
