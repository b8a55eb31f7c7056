"""A refusal that a view lets pass is a page with its sentence, whoever raises it and in whichever face."""

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
from todoke.web.refusals import sentence

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


TRIALS = [path(f"{trial.__name__}/", trial) for trial in (refuse, deny, contradict)]
urlpatterns = [*real, *(path(f"{face}/trial/", include((TRIALS, face))) for face in FACES)]


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


def test_a_row_that_contradicts_itself_is_a_page_too(clerk: Client) -> None:
    answer = clerk.post("/office/trial/contradict/")
    assert answer.status_code == 422
    assert "終わりの日が始まりの日より前です。" in answer.content.decode()


def test_a_program_reads_the_sentence_as_json(clerk: Client) -> None:
    answer = clerk.get("/portal/trial/refuse/", headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()) == (409, {"said": SAID})


def test_a_sentence_ends_with_the_page_on_which_to_put_it_right() -> None:
    refusal = Unheard("<様式>に誤りがあります。", link="/studio/forms/")
    assert sentence(refusal, "まだ公開していません。") == (
        '&lt;様式&gt;に誤りがあります。 まだ公開していません。 <a href="/studio/forms/">内容を確かめる</a>'
    )
