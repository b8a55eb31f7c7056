"""The cast of the cases: a section with a service that residents apply to, and applications on their way."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tests import cast
from todoke.accounts.actors import Actor, Guest, System
from todoke.accounts.models import User
from todoke.approvals.approval_rules import DECIDE, ApprovalRules, DecisionClassRule, StopRule
from todoke.approvals.models import Route
from todoke.cases import decisions, intake
from todoke.cases.models import Case, Draft
from todoke.formbuilder.models import FormDraft
from todoke.jobs.models import Job
from todoke.jobs.worker import perform
from todoke.offers.models import FeeExemption, FeeLine, LetterText, Offer, Release
from todoke.organization.models import Department, Post
from todoke.procedures.models import Procedure

OPENED = datetime.fromisoformat("2026-04-01T00:00:00+09:00")
DOCUMENT: dict[str, Any] = {
    "schema": 1,
    "title": "証明書の請求",
    "pages": [
        {
            "id": "person",
            "title": "あなたについて",
            "groups": [
                {
                    "id": "who",
                    "title": "",
                    "questions": [
                        {"id": "name", "kind": "name", "label": "氏名"},
                        {"id": "email", "kind": "email", "label": "メールアドレス", "required": "no"},
                        {"id": "copies", "kind": "number", "label": "通数", "low": 1, "high": 10},
                        {"id": "welfare", "kind": "yes_no", "label": "生活保護を受けていますか"},
                    ],
                }
            ],
        }
    ],
}
FILLED = {
    "name__family": "山田",
    "name__given": "花子",
    "name__family_kana": "ヤマダ",
    "name__given_kana": "ハナコ",
    "email": "hanako@example.jp",
    "copies": "2",
    "welfare": "no",
}


@dataclass
class Counter:
    """One section with a clerk, a chief and a service."""

    section: Department
    clerk: User
    chief: User
    release: Release


def counter(name: str = "戸籍住民課", code: str = "1010", *, fee: int = 0, **offer: Any) -> Counter:
    section = cast.department(name, code)
    clerk = cast.staff(f"{name} 係員", f"clerk{code}@example.lg.jp", Post.Role.CLERK, section)
    chief = cast.staff(f"{name} 課長", f"chief{code}@example.lg.jp", Post.Role.CHIEF, section)
    return Counter(section, clerk, chief, release(section, fee=fee, **offer))


def release(
    section: Department,
    *,
    fee: int = 0,
    code: str = "",
    serial: int = 0,
    document: dict[str, Any] = DOCUMENT,
    **offer: Any,
) -> Release:
    code = code or f"certificate-{section.code}"
    form = FormDraft.objects.create(code=code, title="証明書の請求", document=document)
    route = Route.objects.create(code=code, name="専決規程")
    rules = ApprovalRules([DecisionClassRule([StopRule(1, DECIDE, Post.Role.CHIEF)], basis="第5条")])
    route.publish(rules, starts_on=date(2020, 4, 1), basis="みらい区専決規程", by=System())
    procedure = Procedure.objects.create(
        number=f"P-{serial or section.code}",
        serial=serial or int(section.code),
        title="証明書の請求",
        department=section,
    )
    service = Offer.objects.create(code=code, procedure=procedure, department=section, **{"opens_at": OPENED, **offer})
    rows: list[Any] = [
        LetterText(
            kind="grant", title="決定通知書", opening="{received}に申請のあった件を認めます。", appeal="教示の文"
        ),
        LetterText(kind="refuse", title="却下通知書", opening="次の理由により却下します。", appeal="教示の文"),
        LetterText(kind="partly", title="一部認容通知書", opening="次のとおり一部を認めます。", appeal="教示の文"),
    ]
    if fee:
        rows.append(FeeLine(label="証明手数料", amount=fee, revenue_code="13-01", unit_question="copies"))
        rows.append(FeeExemption(label="生活保護", percent=100, when_question="welfare", when_value="yes"))
    return Release.publish(
        service, rows=rows, by=System(), form_version=form.publish(by=System()), route=route, standard_days=5,
        delivery="この画面で受け取る", effective_at=OPENED,
    )  # fmt: skip


def stranger() -> User:
    """A clerk of another section, whom these cases are none of the business of."""
    return cast.staff("他課 係員", "b@example.lg.jp", section=cast.department("税務課", "2020"))


def filled(at: Counter | Release, by: Actor | None = None, *, channel: str = "web", **answers: str) -> Draft:
    """An application filled in and not yet sent."""
    release = at.release if isinstance(at, Counter) else at
    draft = intake.begin(release, by=by or Guest(), channel=channel)
    problems = draft.submission.save_page("person", {**FILLED, **answers}, by=by or Guest())
    assert not problems
    return draft


def case(at: Counter, by: Actor | None = None, **answers: str) -> Case:
    """An application that was received."""
    return intake.accept(filled(at, by, **answers).submission, by=by or Guest())


def reviewed(at: Counter, by: Actor | None = None, **answers: str) -> Case:
    found = case(at, by, **answers)
    found.start_review(by=at.clerk)
    return found


def proposed(at: Counter, outcome: str = "granted", reason: str = "", by: Actor | None = None) -> Case:
    found = reviewed(at, by)
    decisions.propose(found, outcome, reason=reason, by=at.clerk)
    return found


def decided(at: Counter, outcome: str = "granted", reason: str = "", by: Actor | None = None) -> Case:
    found = proposed(at, outcome, reason, by)
    assert found.proposal is not None
    found.proposal.approve(by=at.chief)
    found.refresh_from_db()
    return found


def work_off() -> int:
    """Run every waiting job, as the worker would."""
    done = 0
    while (job := Job.objects.lease_next("test")) is not None:
        perform(job)
        done += 1
    return done
