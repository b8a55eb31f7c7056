"""A view of an act calls the verb; the person reads what was done, or why not, where they can go on."""

from typing import NoReturn

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.test import Client
from django.urls import path
from pytest_django import Settings

from tests import cast
from todoke.runtime.refusals import Refused, Unreadable
from todoke.urls import urlpatterns as real
from todoke.web.actions import RefusalsHeld, RefusalsOn, RefusalsSaid, action, cleaned

SAID = "窓口が閉まっています。あす、もう一度お試しください。"


class WindowForm(forms.Form):
    """The smallest form that can be refused."""

    reason = forms.CharField(label="理由")


class DaysForm(WindowForm):
    """A form with a number."""

    days = forms.IntegerField(label="日数")


def finish(request: HttpRequest) -> str:
    return "終わりました。"


def refuse(request: HttpRequest) -> NoReturn:
    raise Refused(SAID)


def contradict(request: HttpRequest) -> NoReturn:
    raise ValidationError("終わりの日が始まりの日より前です。")


def lead_on(request: HttpRequest) -> NoReturn:
    raise Refused("先に支援措置を確かめてください。", link="/office/flags/")


def choose(request: HttpRequest) -> str:
    return str(cleaned(WindowForm(request.POST))["reason"])


def measure(request: HttpRequest) -> str:
    return str(cleaned(DaysForm(request.POST))["days"])


def plain(request: HttpRequest) -> NoReturn:
    raise Refused(SAID)


def answer_itself(request: HttpRequest) -> HttpResponse:
    return HttpResponse("確かめてください。", status=422)


def refuse_one(request: HttpRequest, number: str) -> NoReturn:
    raise Refused(SAID)


def list_of(request: HttpRequest, number: str) -> str:
    return f"/office/cases/?q={number}"


def go_on(request: HttpRequest) -> HttpResponse:
    with RefusalsSaid(request, note="まだ保存していません。"):
        raise Refused(SAID)
    return redirect("office:home")


ACTS = (finish, refuse, contradict, lead_on, choose, measure, answer_itself)
urlpatterns = [
    *real,
    *(path(f"office/{act.__name__}/", action("office:home")(act)) for act in ACTS),
    path("office/refuse_one/<str:number>/", action(list_of)(refuse_one)),
    path("office/go_on/", go_on),
    path("office/plain/", plain),
]


@pytest.fixture
def clerk(settings: Settings, db: None) -> Client:
    settings.ROOT_URLCONF = __name__
    return cast.signed_in(cast.headquarters())


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ("finish", "終わりました。"),
        ("refuse", SAID),
        ("contradict", "終わりの日が始まりの日より前です。"),
        ("choose", "理由: "),
    ],
)
def test_an_act_is_answered_on_the_page_it_belongs_to(clerk: Client, act: str, said: str) -> None:
    answer = clerk.post(f"/office/{act}/", follow=True)
    assert answer.redirect_chain == [("/office/", 302)]
    assert said in answer.content.decode()


def test_what_was_typed_stands_on_the_page_of_a_refused_act(clerk: Client) -> None:
    answer = clerk.post("/office/refuse/", {"reason": "本人が<来た>ため", "seen": "9f3a"})
    assert answer.status_code == 409
    said = answer.content.decode()
    assert SAID in said
    assert "<dd>本人が&lt;来た&gt;ため</dd>" in said
    assert "9f3a" not in said


def test_a_form_that_cannot_be_read_names_what_was_typed_by_its_labels(clerk: Client) -> None:
    answer = clerk.post("/office/measure/", {"days": "三日", "reason": "混み合うため"})
    assert answer.status_code == 422
    assert "<dt>理由</dt><dd>混み合うため</dd>" in answer.content.decode()


def test_a_file_has_to_be_chosen_again(clerk: Client) -> None:
    answer = clerk.post("/office/refuse/", {"paper": SimpleUploadedFile("紙.txt", b"x")})
    assert "ファイルは、もう一度選んでください。" in answer.content.decode()


def test_the_page_of_a_refusal_shows_what_was_typed(clerk: Client) -> None:
    answer = clerk.post("/office/plain/", {"reason": "本人が来たため"})
    assert answer.status_code == 409
    assert "本人が来たため" in answer.content.decode()


def test_a_refusal_names_the_page_on_which_to_put_it_right(clerk: Client) -> None:
    answer = clerk.post("/office/lead_on/", follow=True)
    assert answer.redirect_chain == [("/office/", 302)]
    assert '<a href="/office/flags/">内容を確かめる</a>' in answer.content.decode()


def test_an_act_can_go_back_to_a_page_that_depends_on_what_was_sent(clerk: Client) -> None:
    assert clerk.post("/office/refuse_one/R-1/").headers["Location"] == "/office/cases/?q=R-1"


def test_a_view_can_say_a_refusal_and_go_on(clerk: Client) -> None:
    assert f"{SAID} まだ保存していません。" in clerk.post("/office/go_on/", follow=True).content.decode()


def test_a_page_that_the_view_makes_goes_out_as_it_is(clerk: Client) -> None:
    assert clerk.post("/office/answer_itself/").status_code == 422


def test_reading_an_address_acts_on_nothing(clerk: Client) -> None:
    assert clerk.get("/office/finish/").status_code == 405


def test_a_refusal_stands_on_the_form_beside_what_was_typed() -> None:
    form = WindowForm({"reason": "本人が来たため"})
    with RefusalsOn(form, note="まだ保存していません。"):
        raise Refused(SAID)
    assert form.non_field_errors() == [f"{SAID} まだ保存していません。"]
    assert form["reason"].value() == "本人が来たため"


def test_a_refusal_can_stand_at_the_field_it_is_about() -> None:
    form = WindowForm({"reason": "本人が来たため"})
    with RefusalsOn(form, "reason"):
        raise Unreadable("この文字は読めません。")
    assert form.errors == {"reason": ["この文字は読めません。"]}


@pytest.mark.parametrize(("named", "place"), [("reason", "reason"), ("number", "__all__")])
def test_a_rows_own_contradictions_stand_at_their_fields_where_the_form_has_them(named: str, place: str) -> None:
    form = WindowForm({"reason": "本人が来たため"})
    with RefusalsOn(form):
        raise ValidationError({named: "重なっています。"})
    assert form.errors == {place: ["重なっています。"]}


def test_a_view_can_read_a_refusal_itself() -> None:
    with RefusalsHeld() as held:
        raise Unreadable("この文字は読めません。")
    assert (str(held.refusal), type(held.refusal)) == ("この文字は読めません。", Unreadable)


def test_any_other_error_is_nobodys_refusal() -> None:
    with pytest.raises(LookupError), RefusalsOn(WindowForm({"reason": "本人が来たため"})):
        raise LookupError


def test_a_form_without_a_page_says_what_is_missing() -> None:
    with pytest.raises(Unreadable, match=r"^理由を書いてください。$"):
        cleaned(WindowForm({}), "理由を書いてください。")
