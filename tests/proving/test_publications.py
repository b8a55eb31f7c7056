"""The proof of publications: its editions do harm, and its eyes see what is lost."""

import json
from datetime import date
from pathlib import Path

import pytest

from todoke.cases import intake
from todoke.formbuilder.document.parser import read_document
from todoke.formbuilder.models import Answer
from todoke.formbuilder.publication.publish_checks import publish_defects
from todoke.proving import drafts, service
from todoke.proving.browser import Browser, FetchedPage
from todoke.proving.form_versions import changes_of, form_version
from todoke.proving.service import PROVER
from todoke.proving.synthetic_users.applicant import Applicant


@pytest.mark.parametrize("seed", range(3))
def test_every_edition_may_be_published_and_questions_go_and_change_their_kind(seed: int) -> None:
    for number in range(1, 22):
        assert publish_defects(read_document(form_version(seed, number)), date(2026, 11, 22)) == []
    assert min(changes_of(seed, 21).values()) >= 3


def shown(*texts: str) -> FetchedPage:
    return FetchedPage(200, "/applications/x/check/", "".join(f"<dd>{text}</dd>" for text in texts).encode(), {})


def test_a_person_sees_what_is_neither_there_nor_handed_back(monkeypatch: pytest.MonkeyPatch) -> None:
    person = Applicant("k00001", Browser(0), 0, draft="x", kept={"a": "一", "b": "二", "c": "三"}, told={"二"})
    monkeypatch.setattr(person.browser, "get", lambda path: shown("一"))
    person.look_over()
    assert person.problems == ["k00001 c: 「三」が、確認の画面にも知らせにもありません"]


@pytest.mark.django_db
def test_an_answer_that_nobody_typed_and_a_draft_that_is_gone_are_found(tmp_path: Path) -> None:
    service.build()
    draft = intake.begin(drafts.publish(0, 1), by=PROVER)
    draft.submission.save_page("page0", {"way": "post", "p0q0": "一"}, by=PROVER)
    journal = tmp_path / "journal.jsonl"
    typed = [["way", "post"], ["p0q0", "一"]]
    journal.write_text(json.dumps({"draft": draft.submission.token, "number": "", "typed": typed}))
    assert list(drafts.check(journal)) == []
    Answer.objects.filter(question="p0q0").update(value="二")
    assert list(drafts.check(journal)) == ["p0q0: 「二」は本人が入力していません"]
    draft.delete()
    assert "がありません" in next(drafts.check(journal))
