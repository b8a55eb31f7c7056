"""Applications for places: an online service whose answers become children, and applications that were received."""

from datetime import datetime
from typing import Any

from tests.cast import cases
from tests.cast.admissions import Nursery
from todoke.accounts.actors import Actor, Guest
from todoke.admissions.models import MappedQuestion, SelectionRound
from todoke.admissions.models.mapped_question import Given
from todoke.cases import intake
from todoke.cases.models import Case
from todoke.offers.models import Release

RECEIVED = datetime.fromisoformat("2025-11-01T09:00:00+09:00")
FORM: dict[str, Any] = {
    "schema": 1,
    "title": "保育所等の利用申込み",
    "pages": [
        {
            "id": "parent",
            "title": "保護者",
            "groups": [
                {
                    "id": "parent_group",
                    "questions": [
                        {"id": "applicant_name", "kind": "name", "label": "保護者の氏名"},
                        {"id": "days", "kind": "number", "label": "1か月の就労日数"},
                        {"id": "days_two", "kind": "number", "label": "もう一人の1か月の就労日数", "required": "no"},
                    ],
                }
            ],
        },
        {
            "id": "children",
            "title": "お子さん",
            "groups": [
                {
                    "id": "child",
                    "repeat": {"noun": "お子さん", "least": 1, "most": 4},
                    "questions": [
                        {"id": "child_name", "kind": "name", "label": "お子さんの氏名"},
                        {"id": "child_birth", "kind": "date", "label": "お子さんの生年月日"},
                        {"id": "first", "kind": "short_text", "label": "第1希望"},
                        {"id": "second", "kind": "short_text", "label": "第2希望", "required": "no"},
                        {"id": "leave", "kind": "yes_no", "label": "育児休業から戻りますか"},
                    ],
                }
            ],
        },
    ],
}
MAPPING = (
    Given("child_name", 1, "child_name"),
    Given("child_birth", 1, "child_birth"),
    Given("wish", 1, "first"),
    Given("wish", 2, "second"),
    Given("work_days/1", 1, "days"),
    Given("work_days/2", 1, "days_two"),
    Given("leave/0", 1, "leave", "yes"),
)


def service(place: Nursery) -> Release:
    """The online service of the section."""
    return cases.release(place.section, code="nursery-places", document=FORM)


def mapped(place: Nursery, of: SelectionRound) -> None:
    """Say which question gives what."""
    assert of.offer is not None
    MappedQuestion.say(place.scheme, of.offer, MAPPING, by=place.clerk)


def application(of: Release, *children: dict[str, str], by: Actor | None = None, **answers: str) -> Case:
    """An application for children, received before the deadline; a child as name, birth, first, second and leave."""
    draft = intake.begin(of, by=by or Guest(), channel="web")
    person = {"applicant_name__family": "山田", "applicant_name__given": "太郎", "days": "20"} | answers
    person |= {"applicant_name__family_kana": "ヤマダ", "applicant_name__given_kana": "タロウ"}
    assert not draft.submission.save_page("parent", person, by=by or Guest())
    rows = {key: value for row, child in enumerate(children, 1) for key, value in _row(row, child).items()}
    problems = draft.submission.save_page("children", rows, by=by or Guest())
    assert not problems, problems
    case = intake.accept(draft.submission, by=by or Guest())
    Case.objects.filter(pk=case.pk).update(received_at=RECEIVED)
    return case


def _row(row: int, child: dict[str, str]) -> dict[str, str]:
    year, month, day = child.get("birth", "2024-06-01").split("-")
    return {
        f"child_name-{row}__family": "山田",
        f"child_name-{row}__given": child["name"],
        f"child_name-{row}__family_kana": "ヤマダ",
        f"child_name-{row}__given_kana": "コドモ",
        f"child_birth-{row}__era": "西暦",
        f"child_birth-{row}__year": year,
        f"child_birth-{row}__month": str(int(month)),
        f"child_birth-{row}__day": str(int(day)),
        f"first-{row}": child.get("first", "もも保育園"),
        f"second-{row}": child.get("second", ""),
        f"leave-{row}": child.get("leave", "no"),
    }
