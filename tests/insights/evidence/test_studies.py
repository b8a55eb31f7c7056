"""A study says what it believes first; its plan is fixed, its figures reproduced, and what follows is on an agenda."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests import cast
from tests.cast import meetings, studies
from todoke.accounts.models import User
from todoke.insights.models import Study, StudyConclusion, StudyPlan, StudyResult
from todoke.meetings.models import Commitment, Decision
from todoke.meetings.models.commitment import plan_next_meeting
from todoke.runtime.refusals import NotYet, Refused, Unreadable

pytestmark = pytest.mark.django_db


def registered() -> tuple[Study, User]:
    by = meetings.secretary()
    study = studies.submitted()
    study.accept(by=by)
    StudyPlan.register(study, by=by)
    return study, by


@pytest.mark.parametrize("part", [*Study.OTHERS, *Study.TEXTS])
def test_a_study_is_refused_for_each_missing_part_by_its_name(part: str) -> None:
    by = cast.clerk()
    study = studies.study(by)
    study.write(by=by, **{part: "" if part in Study.TEXTS else None})
    [label] = study.missing
    with pytest.raises(NotYet, match=re.escape(label)):
        study.submit(by=by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Study.objects.filter(pk=study.pk).update(status="submitted")


def test_an_indicator_without_its_denominator_is_refused() -> None:
    by = cast.clerk()
    study = studies.study(by)
    type(cast.present(study.indicator)).objects.update(denominator="")
    with pytest.raises(NotYet, match="分子・分母・基準日・出典"):
        Study.objects.get(pk=study.pk).submit(by=by)


def test_denominators_of_different_days_are_refused() -> None:
    by = cast.clerk()
    study = studies.study(by)
    study.write(by=by, denominator_after=date(2021, 1, 1))
    with pytest.raises(Refused, match="分母の基準日"):
        study.submit(by=by)


def test_the_data_stay_closed_until_the_plan_is_fixed() -> None:
    study = studies.submitted()
    with pytest.raises(NotYet, match="計画を確定した後"):
        StudyResult.calculate(study, studies.card_table(), "card.csv", by=meetings.secretary())
    assert Study.objects.get().data_opened_at is None


def test_the_card_study_is_reproduced_with_the_words_of_no_effect() -> None:
    study, by = registered()
    made = StudyResult.calculate(study, studies.card_table(), "card.csv", by=by)
    found = made.figures
    assert (round(found["difference"], 3), round(found["half_width"], 3)) == (1.239, 1.469)
    assert (found["rank"], found["units"]) == (7, 63)
    assert [round(one, 3) for one in found["earlier"]] == [0.502, 0.974]
    assert "効果があったとは言えません" in made.words
    assert "意味のある最も小さい差2ポイントを確かめるには足りません" in made.words
    assert not made.is_shown
    assert (study.status, study.data_opened_at is None) == (Study.Status.ANALYSED, False)


def test_a_plan_changed_after_the_data_were_opened_says_so_for_ever() -> None:
    study, by = registered()
    early = StudyPlan.change(study, reason="相手を書き足す", by=by, compared="埼玉県の他の市町村")
    StudyResult.calculate(study, studies.card_table(), "card.csv", by=by)
    late = StudyPlan.change(study, reason="やはり朝霞市も", by=by, treated="和光市\n朝霞市")
    assert [early.changed_after_opening, late.changed_after_opening] == [False, True]
    with pytest.raises(TypeError):
        late.save()
    for rows in (StudyPlan.objects, StudyResult.objects):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(study=study)
    page = cast.signed_in(by).get(f"/board/studies/{study.number}/").content.decode()
    assert "データを開いた後に、計画が変わりました" in page
    assert "やはり朝霞市も" in page


def test_a_change_of_plan_without_a_reason_is_refused() -> None:
    study, by = registered()
    with pytest.raises(Refused, match="理由"):
        StudyPlan.change(study, reason=" ", by=by, treated="朝霞市")


def test_calculations_are_counted() -> None:
    study, by = registered()
    for _ in range(3):
        StudyResult.calculate(study, studies.card_table(), "card.csv", by=by)
    page = cast.signed_in(by).get(f"/board/studies/{study.number}/").content.decode()
    assert "この検証での3回目の計算" in page


def test_a_table_without_the_day_of_the_plan_says_which_day() -> None:
    study, by = registered()
    table = studies.card_table().replace(b"2021-04-01", b"2021-05-01")
    with pytest.raises(Unreadable, match="2021-04-01"):
        StudyResult.calculate(study, table, "card.csv", by=by)


def test_the_result_goes_to_a_meeting_and_its_commitment_to_the_next_agenda() -> None:
    study, by = registered()
    StudyResult.calculate(study, studies.card_table(), "card.csv", by=by)
    meeting = meetings.meeting(by)
    study.bring_to(meeting, by=by)
    assert meeting.agenda.get().title.startswith(f"検証 {study.number}")
    facts: dict[str, Any] = {"choice": "again", "words": "次の二か月をもう一度測る", "meeting": meeting}
    with pytest.raises(NotYet, match="会議を開いて"):
        StudyConclusion.conclude(study, by=by, **facts)
    meeting.mark_held(by=by)
    task: dict[str, Any] = {"task": "四月から五月の値を出す", "department": study.department, "due": date(2026, 7, 31)}
    StudyConclusion.conclude(study, by=by, **facts, **task)
    assert Decision.objects.get().text == "次の二か月をもう一度測る"
    following = plan_next_meeting(body=meeting.body, held_on=date(2026, 8, 4), by=by)
    assert following.agenda.get().commitment == Commitment.objects.get()


def test_a_conclusion_leads_to_a_meeting_or_says_why_not() -> None:
    study, by = registered()
    StudyResult.calculate(study, studies.card_table(), "card.csv", by=by)
    with pytest.raises(Refused, match="会議にかけないとき"):
        StudyConclusion.conclude(study, choice="stop", words="やめる", by=by)
    made = StudyConclusion.conclude(study, choice="stop", words="やめる", reason_without="課の判断", by=by)
    assert made.study.status == Study.Status.CONCLUDED
