"""Whoever has shown less than a service asks gets no further at any step, and whoever has shown enough does."""

import time
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import cases, levels, present, resident
from tests.cast.cases import FILLED, Counter
from todoke.accounts.models import User
from todoke.cases import decisions
from todoke.cases.correction import corrections
from todoke.cases.models import Case, Draft
from todoke.formbuilder.answers.journey import AnswerKey
from todoke.formbuilder.models import Answer

pytestmark = pytest.mark.django_db

AGENT = {"kind": "mandate", "name": "山田 太郎", "relation": "子", "authority": "委任状がある", "agreed": "on"}
TYPED = {**FILLED, "name__family": "別人"}
SHOWN = ("nobody", "code", "stranger", "password", "factor", "documents", "long ago", "everything")
FRESH = {
    "account": {"password", "factor", "documents", "long ago", "everything"},
    "document": {"documents", "long ago", "everything"},
    "card": {"everything"},
}
OF_ANY_AGE = {**FRESH, "card": {"long ago", "everything"}}
FOR_ONESELF = {identity: {*shown, "stranger"} for identity, shown in OF_ANY_AGE.items()}


class Step(NamedTuple):
    """What is there before, what is pressed, what shows that it was done, and who may."""

    prepare: Callable[[Counter, User], Any]
    press: Callable[[Client, Any], Any]
    is_done: Callable[[Any, Any], bool]
    enough: dict[str, set[str]]


def corrected(at: Counter, hanako: User) -> Case:
    case = levels.case(at, hanako)
    case.start_review(by=at.clerk)
    corrections.request_correction(case, [corrections.CorrectionPoint(AnswerKey("copies"), "missing")], by=at.clerk)
    return case


def granted(at: Counter, hanako: User) -> Case:
    case = levels.case(at, hanako)
    case.start_review(by=at.clerk)
    decisions.propose(case, "granted", reason="", by=at.clerk)
    present(case.proposal).approve(by=at.chief)
    cases.work_off()
    return case


def pages(draft: Draft, act: str) -> str:
    return f"/applications/{draft.submission.token}/pages/person/{act}/"


def upload(client: Client, draft: Draft) -> Any:
    return client.post(pages(draft, "answers"), {**TYPED, "paper": SimpleUploadedFile("a.pdf", b"%PDF-1.4")})


def download(client: Client, case: Case) -> Any:
    return client.get(f"/cases/{case.number}/letters/{case.letters.get().token}/")


def is_saved(draft: Draft, answer: Any) -> bool:
    return Answer.objects.filter(value="別人", superseded_at=None).exists()


def is_tried(case: Case, answer: Any) -> bool:
    return present(case.charge).attempts.exists()


def has_status(status: str) -> Callable[[Case, Any], bool]:
    return lambda case, answer: bool(Case.objects.get(pk=case.pk).status == status)


STEPS = {
    "begin": Step(
        lambda at, hanako: at.release.procedure.number,
        lambda client, number: client.post(f"/procedures/{number}/application/"),
        lambda number, answer: Draft.objects.exists(),
        FOR_ONESELF,
    ),
    "begin as an agent": Step(
        lambda at, hanako: at.release.procedure.number,
        lambda client, number: client.post(f"/procedures/{number}/agent/application/", AGENT),
        lambda number, answer: Draft.objects.exists(),
        FOR_ONESELF,
    ),
    "save": Step(
        levels.filled, lambda client, draft: client.post(pages(draft, "answers"), TYPED), is_saved, OF_ANY_AGE
    ),
    "autosave": Step(
        levels.filled, lambda client, draft: client.post(pages(draft, "draft"), TYPED), is_saved, OF_ANY_AGE
    ),
    "upload": Step(levels.filled, upload, is_saved, OF_ANY_AGE),
    "price": Step(
        levels.filled,
        lambda client, draft: client.get(f"/applications/{draft.submission.token}/check/"),
        lambda draft, answer: "300円" in answer.content.decode(),
        OF_ANY_AGE,
    ),
    "leave for later": Step(
        levels.filled,
        lambda client, draft: client.get(f"/applications/{draft.submission.token}/later/"),
        lambda draft, answer: str(FILLED["email"]) in answer.content.decode(),
        OF_ANY_AGE,
    ),
    "send": Step(
        levels.filled,
        lambda client, draft: client.post(f"/applications/{draft.submission.token}/submission/", {"fee": "300"}),
        lambda draft, answer: Case.objects.exists(),
        FRESH,
    ),
    "pay": Step(
        levels.case,
        lambda client, case: client.post(f"/payments/{present(case.charge).token}/attempt/", {"method": "card"}),
        is_tried,
        OF_ANY_AGE,
    ),
    "take a slip": Step(
        levels.case,
        lambda client, case: client.get(f"/payments/{present(case.charge).token}/slip.pdf"),
        lambda case, answer: answer.status_code == 200,
        OF_ANY_AGE,
    ),
    "correct": Step(
        corrected,
        lambda client, case: client.post(f"/cases/{case.number}/correction/answers/", {"copies": "3"}),
        has_status("review"),
        FRESH,
    ),
    "withdraw": Step(
        levels.case,
        lambda client, case: client.post(f"/cases/{case.number}/withdrawal/"),
        has_status("withdrawn"),
        FRESH,
    ),
    "download": Step(
        granted, download, lambda case, answer: answer.headers["Content-Type"] == "application/pdf", FRESH
    ),
}


@pytest.mark.parametrize("shown", SHOWN)
@pytest.mark.parametrize("identity", FRESH)
@pytest.mark.parametrize("name", STEPS)
def test_a_step_is_done_by_who_has_shown_enough_and_by_nobody_else(name: str, identity: str, shown: str) -> None:
    step, hanako = STEPS[name], resident()
    at = levels.asking(identity, fee=0 if name == "download" else 300)
    levels.identified(hanako, at.clerk)
    there = step.prepare(at, hanako)
    if shown in {"password", "factor"}:
        levels.forget_documents(hanako)
    client = levels.browser(shown, hanako, at.clerk)
    if shown == "code" and isinstance(there, Case):
        session = client.session
        session["cases"] = {there.number: time.time() + 900}
        session.save()
    assert step.is_done(there, step.press(client, there)) is (shown in step.enough[identity])
