"""Whatever is typed on a page of the staff and refused stands in the answer: nobody writes a reason twice."""

from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any, NamedTuple

import pytest
from django.contrib import messages
from django.core.cache import cache
from django.db import transaction

from tests.cast.role_matrix import matrix, subjects
from tests.cast.role_matrix.world import World
from todoke.web.form_repopulation import TOKEN, FormsOfPage

WORDS = "残すことば"
TYPED = frozenset({"text", "textarea", "number", "date", "search", "url", "email", "datetime-local", "month"})
FACES = frozenset({"office", "studio", "board"})
NOT_ASKED = {
    "/explanation/": "the finding of the test world has its open item already, which no page can bring about",
}
"""Acts that are not asked, by the end of their address, each with its reason. Only pages that the role matrix lets a
person see have forms for them; that nobody sees another one is for test_role_matrix.py."""


class Typed(NamedTuple):
    """A form of a page: where it posts, and what is posted with the words in every field for text."""

    path: str
    data: dict[str, str]


def forms_of(page: str, here: str) -> Iterator[Typed]:
    """Yield the forms of a page that change something and take words."""
    found = FormsOfPage(page)
    for at, form in enumerate(found.forms):
        controls = [control for control in found.of(at) if control.name]
        data = {each.name: each.attributes.get("value") or "" for each in controls if each.kind in {"hidden", "button"}}
        words = {each.name: WORDS for each in controls if each.kind in TYPED}
        if TOKEN in data and words:
            yield Typed(form.path or here, data | words)


def was_done(answer: Any, entries: int) -> bool:
    """Whether an act was done: the trail has an entry more, or the page says so."""
    told = getattr(answer.wsgi_request, "_messages", ())
    glad = any(message.level == messages.SUCCESS for message in getattr(told, "_queued_messages", ()))
    return glad or matrix.entries() > entries


@pytest.mark.parametrize("role", ["clerk", "designer", "headquarters", "treasurer"])
def test_no_refused_form_of_the_staff_loses_a_word(world: World, role: str) -> None:
    client, places, asked, lost = world.client(role), subjects.places(world), set[str](), set[str]()
    cookies, reviewed = {name: morsel.value for name, morsel in client.cookies.items()}, matrix.read()
    pages = [
        matrix.address(subjects.at(places, name), path)
        for name, path in matrix.routes()
        if name.split(":")[0] in FACES and reviewed[name, "GET"][role].startswith("200")
    ]
    for here in pages:
        with transaction.atomic():
            client.cookies = SimpleCookie(cookies)
            page = client.get(here)
            shown = (
                page.status_code == 200 and not page.streaming and page.headers["Content-Type"].startswith("text/html")
            )
            transaction.set_rollback(True)
        for form in forms_of(page.content.decode(), here) if shown else ():
            if form.path in asked or form.path.endswith(tuple(NOT_ASKED)):
                continue
            asked.add(form.path)
            cache.clear()
            with transaction.atomic():
                client.cookies, before = SimpleCookie(cookies), matrix.entries()
                answer = client.post(form.path, form.data)
                kept = answer.streaming or WORDS in answer.content.decode() or answer.status_code == 200
                if not kept and not was_done(answer, before) and "check=1" not in answer.headers.get("Location", ""):
                    lost.add(f"{form.path} {answer.status_code}")
                transaction.set_rollback(True)
    assert len(asked) > 20
    assert lost == set()
