"""Whoever has to put right what a survey found opens it from the list of their work, and says that it is done."""

from datetime import date

import pytest
from django.urls import reverse

from tests.cast import cases, signed_in
from todoke.flows.models import ExperienceSurvey, Improvement, Persona
from todoke.organization.models import Post

pytestmark = pytest.mark.django_db


def test_the_post_in_charge_settles_and_nobody_else_does() -> None:
    here, there = cases.counter(), cases.counter("税務課", "202020")
    persona = Persona.objects.create(name="田中さん(78歳)", story="架空の人物。")
    survey = ExperienceSurvey.begin(
        title="転入", persona=persona, scenario="来庁する", walked_on=date(2026, 4, 3), by=here.chief
    )
    survey.note_step(by=here.chief, name="届書を書く", minutes=15, feeling=1)
    owner = Post.objects.get(tenures__user=here.clerk)
    task = survey.steps.get().raise_issue("氏名を3回書く", owner=owner, due=date(2026, 6, 30), by=here.chief)
    page, act = reverse("studio:survey", args=[survey.number]), [survey.number, task.number]
    clerk, other = signed_in(here.clerk), signed_in(there.clerk)

    assert reverse("studio:improvements") in clerk.get("/office/").content.decode()
    assert page in clerk.get(reverse("studio:improvements")).content.decode()
    assert "済みにする" in clerk.get(page).content.decode()
    assert "済みにする" not in other.get(page).content.decode()
    assert "課題にする" not in clerk.get(page).content.decode()

    said = {"result": "様式を1枚にまとめた"}
    assert other.post(reverse("studio:survey-settlement", args=act), said).status_code == 404
    assert clerk.post(reverse("studio:survey-settlement", args=act), said).status_code == 302
    assert Improvement.objects.get().result == "様式を1枚にまとめた"
