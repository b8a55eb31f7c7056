"""Steps that a resident takes through the pages, as short functions for the tests."""

import re
from typing import Any

from django.test import Client

from tests.cast.cases import FILLED, Counter
from todoke.cases.models import Case


def begun(client: Client, at: Counter) -> str:
    """Press the button on the start page; return the address of the draft."""
    number = at.release.offer.procedure.number
    return client.post(f"/procedures/{number}/application/").headers["Location"].partition("pages/")[0]


def filled(client: Client, at: Counter, **answers: str) -> str:
    draft = begun(client, at)
    client.post(f"{draft}pages/person/answers/", {**FILLED, **answers, "next": "1"})
    return draft


def seen(client: Client, draft: str) -> str:
    """Open the check page; return what it says was seen."""
    return str(client.get(f"{draft}check/").context["seen"])


def sent(client: Client, at: Counter, **answers: str) -> Case:
    """Apply through the pages, from the start to the receipt."""
    draft = filled(client, at, **answers)
    client.post(f"{draft}submission/", {"seen": seen(client, draft)})
    return Case.objects.latest("pk")


def bare(response: Any) -> str:
    """A page without what differs on every view: its own address and the mask of the form's protection."""
    page = response.content.decode().replace(response.wsgi_request.path, "")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
