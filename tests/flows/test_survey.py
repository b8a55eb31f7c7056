"""Staff walk a resident's way, note it, and put right what they found."""

from datetime import date

import pytest

from tests.cast import clerk, present
from todoke.accounts.models import User
from todoke.flows.models import ExperienceSurvey, Improvement, Persona
from todoke.organization.models import Post
from todoke.runtime.refusals import Refused

pytestmark = pytest.mark.django_db


def walked(by: User) -> ExperienceSurvey:
    persona = Persona.objects.create(name="田中さん(78歳)", story="つえをついて、ひとりで来る。架空の人物。")
    survey = ExperienceSurvey.begin(
        title="転入", persona=persona, scenario="引っ越した日に来庁する", walked_on=date(2026, 4, 3), by=by
    )
    survey.note_step(by=by, name="案内を探す", minutes=5, feeling=2)
    survey.note_step(by=by, name="届書を書く", minutes=15, wait=20, name_writes=3, feeling=1)
    return survey


def test_the_steps_of_a_walk_are_summed() -> None:
    survey = walked(clerk())
    assert survey.totals() == {"minutes": 20, "wait": 20, "name_writes": 3, "steps": 2, "feeling": 1.5}


def test_a_repeated_walk_shows_what_got_better() -> None:
    person = clerk()
    first = walked(person)
    second = first.repeat(walked_on=date(2026, 10, 2), by=person)
    second.note_step(by=person, name="端末で入力する", minutes=8, name_writes=0, feeling=4)
    assert second.before == first
    assert second.totals()["name_writes"] < first.totals()["name_writes"]


def test_what_was_found_becomes_a_task_with_an_owner() -> None:
    person = clerk()
    owner = Post.objects.get()
    step = present(walked(person).steps.last())
    task = step.raise_issue("氏名を3回書く", owner=owner, due=date(2026, 6, 30), by=person)
    task.settle("様式を1枚にまとめた", by=person)
    assert Improvement.objects.get().status == Improvement.Status.DONE
    with pytest.raises(Refused, match="もう済み"):
        task.settle("もう一度", by=person)
