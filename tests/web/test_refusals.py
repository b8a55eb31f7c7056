"""A refusal reaches the person as a sentence, whoever raises it and in whichever face."""

from typing import NoReturn

import pytest
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.test import Client
from django.urls import include, path
from pytest_django import Settings

from tests import cast
from todoke.runtime.refusals import NotAllowed, Refused
from todoke.urls import urlpatterns as real
from todoke.web.refusals import action

SAID = "窓口が閉まっています。あす、もう一度お試しください。"
FACES = ("office", "studio", "board", "portal")


class Unheard(Refused):
    """A refusal that no list names."""


def refuse(request: HttpRequest) -> NoReturn:
    raise Unheard(SAID)


def deny(request: HttpRequest) -> NoReturn:
    raise NotAllowed("担当課の職員だけができます。")


def contradict(request: HttpRequest) -> NoReturn:
    raise ValidationError("終わりの日が始まりの日より前です。")


def lead_on(request: HttpRequest) -> NoReturn:
    raise Unheard("先に様式を直してください。", link="/office/flags/")


def finish(request: HttpRequest) -> str:
    return "終わりました。"


urlpatterns = [
    *real,
    *(path(f"{face}/trial/", include(([path("refuse/", refuse), path("deny/", deny)], face))) for face in FACES),
    *(path(f"office/{act.__name__}/", action("office:home")(act)) for act in (refuse, contradict, lead_on, finish)),
]


@pytest.fixture
def clerk(settings: Settings, db: None) -> Client:
    settings.ROOT_URLCONF = __name__
    return cast.signed_in(cast.headquarters())


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_refusal_nobody_listed_is_a_page_with_its_sentence(clerk: Client, face: str, method: str) -> None:
    answer = clerk.generic(method, f"/{face}/trial/refuse/")
    assert answer.status_code == 409
    assert SAID in answer.content.decode()


@pytest.mark.parametrize("face", FACES)
def test_whoever_may_not_is_told_so_and_by_the_status(clerk: Client, face: str) -> None:
    answer = clerk.post(f"/{face}/trial/deny/")
    assert answer.status_code == 403
    assert "担当課の職員だけができます。" in answer.content.decode()


def test_a_program_reads_the_sentence_as_json(clerk: Client) -> None:
    answer = clerk.get("/portal/trial/refuse/", headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()) == (409, {"said": SAID})


@pytest.mark.parametrize(
    ("act", "said"),
    [("refuse", SAID), ("contradict", "終わりの日が始まりの日より前です。"), ("finish", "終わりました。")],
)
def test_an_act_is_answered_on_the_page_it_belongs_to(clerk: Client, act: str, said: str) -> None:
    answer = clerk.post(f"/office/{act}/", follow=True)
    assert answer.redirect_chain == [("/office/", 302)]
    assert said in answer.content.decode()


def test_a_refusal_leads_to_where_it_can_be_mended(clerk: Client) -> None:
    assert clerk.post("/office/lead_on/").headers["Location"] == "/office/flags/"


def test_reading_a_page_that_refuses_does_not_go_round_in_circles(clerk: Client) -> None:
    assert clerk.get("/office/refuse/").status_code == 409
