"""Synthetic service of the proofs: fourteen questions and a file on three pages, in an office of four people."""

from datetime import time, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from todoke.accounts.actors import System
from todoke.accounts.models import User
from todoke.bookings.models import Resource, ResourcePart
from todoke.demo.offers import route
from todoke.formbuilder.models import FormDraft
from todoke.japanese.calendar import today
from todoke.offers.models import FeeLine, LetterText, Offer, Release
from todoke.organization.models import Department, Post, Tenure
from todoke.procedures.models import Procedure
from todoke.proving.voice_proof.synthetic_consultation import open_consultation
from todoke.reception.models import AvailabilityPeriod, VisitPurpose

PASSWORD = "proof of nothing lost"  # noqa: S105 - of synthetic staff in a throw-away installation
CODE = "proof"
VISITED, INTERPRETED = "proof-talk", "手話"
ROWS = 12
ACCOUNTS = 64
PROVER = System("検証")
CLERK, KEEPER = "clerk@proof.example", "keeper@proof.example"
CHIEFS = ("chief@proof.example", "chief2@proof.example")


def account_email(number: int) -> str:
    """Return the e-mail address of a resident who has an account."""
    return f"resident{number}@proof.example"


def _question(name: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "kind": kind, "label": f"検証の設問 {name}", **more}


PAGES: dict[str, list[dict[str, Any]]] = {
    "person": [
        _question("applicant", "name"),
        _question("phone", "phone"),
        _question("email", "email"),
        _question("place", "short_text"),
        _question("nickname", "short_text"),
    ],
    "matter": [
        _question("reason", "long_text"),
        _question("copies", "number", low=1, high=9),
        _question("urgent", "yes_no"),
        _question("way", "choice", options=[{"value": "post", "label": "郵送"}, {"value": "counter", "label": "窓口"}]),
        _question("since", "short_text"),
    ],
    "rest": [
        _question("contact", "short_text"),
        _question("hours", "short_text"),
        _question("remark", "long_text", required="no"),
        _question("agreed", "yes_no"),
        _question("paper", "file", required="no"),
    ],
}


def service_definition() -> dict[str, Any]:
    """Return the form definition of the service."""
    pages = [
        {"id": page, "title": f"検証 {page}", "groups": [{"id": f"{page}_group", "title": "", "questions": questions}]}
        for page, questions in PAGES.items()
    ]
    return {"schema": 1, "title": "検証のための手続(合成)", "lead": "検証用です。", "pages": pages}


def build() -> Release:
    """Create the section, its staff and the form, and open the service; return the release."""
    section, hashed = Department.objects.create(code="9900", name="検証課(合成)"), make_password(PASSWORD)
    for email, name, role in (
        (CLERK, "検証 係員", Post.Role.CLERK),
        (CHIEFS[0], "検証 課長", Post.Role.CHIEF),
        (CHIEFS[1], "検証 担当課長", Post.Role.CHIEF),
        (KEEPER, "検証 台帳係", Post.Role.HEADQUARTERS),
    ):
        user = account(email, name, hashed)
        post = Post.objects.create(department=section, title=name, role=role)
        Tenure.objects.create(post=post, user=user, starts_on=today() - timedelta(days=1))
    for number in range(1, ACCOUNTS, 2):
        account(account_email(number), f"検証 住民{number}", hashed)
    receive_visits(section)
    open_consultation(section, User.objects.get(email=CLERK))
    procedure = Procedure.objects.create(title="検証のための手続(合成)", department=section)
    now = timezone.now()
    offer = Offer.objects.create(
        code=CODE, procedure=procedure, department=section, opens_at=now - timedelta(minutes=1)
    )
    draft = FormDraft.objects.create(code=CODE, title="検証のための手続(合成)", document=service_definition())
    return Release.publish(
        offer,
        rows=[
            LetterText(kind="grant", title="検証の通知書(合成)", opening="{received}の申請について決定しました。"),
            LetterText(
                kind="refuse", title="検証の却下通知書(合成)", opening="却下します。", appeal="教示の見本です。"
            ),
            FeeLine(label="検証の手数料(合成)", amount=300, unit_question="copies", revenue_code="99-99-99"),
        ],
        by=PROVER,
        form_version=draft.publish(by=PROVER),
        route=route(),
        standard_days=5,
        delivery="郵送",
        effective_at=now - timedelta(minutes=1),
    )


def account(email: str, name: str, hashed: str) -> User:
    """Create the account of a synthetic person whose password is hashed already: one hash serves them all."""
    user = User.objects.create(email=email, name=name, password=hashed)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def receive_visits(section: Department) -> None:
    """Make three officers, three desks and one interpreter who receive people on every weekday morning."""
    purpose = VisitPurpose.objects.create(
        code=VISITED, title="検証の相談(合成)", department=section, minutes=30, modes="desk phone", lead_days=1
    )
    for weekday in range(5):
        period = AvailabilityPeriod.objects.create(
            department=section, weekday=weekday, opens=time(9), closes=time(12), starts_on=today() - timedelta(days=1)
        )
        period.purposes.add(purpose)
    for kind, count, skill in (("person", 3, ""), ("desk", 3, ""), ("interpreter", 1, INTERPRETED)):
        made = Resource.objects.create(code=f"proof-{kind}", name=kind, kind=kind, department=section, skill=skill)
        for number in range(count):
            ResourcePart.objects.create(resource=made, code=str(number), name=f"{number}番")


def resident_answers(canary: str) -> dict[str, dict[str, str]]:
    """Return what one resident types, page by page; every text carries the resident's canary."""
    return {
        "person": {
            "applicant__family": canary,
            "applicant__given": "𠮷髙",
            "applicant__family_kana": "ケンショウ",
            "applicant__given_kana": "タロウ",
            "phone": "03-0000-0000",
            "email": f"{canary}@proof.example",
            "place": f"{canary}町1-2-3",
            "nickname": f"{canary}さん",
        },
        "matter": {
            "reason": f"{canary}の理由です。\n二行目です。",
            "copies": "2",
            "urgent": "no",
            "way": "post",
            "since": f"{canary}から",
        },
        "rest": {"contact": f"{canary}へ", "hours": f"{canary}時", "remark": f"{canary}の備考", "agreed": "yes"},
    }


def sample_pdf(canary: str) -> bytes:
    """Return a small PDF that carries the canary."""
    return f"%PDF-1.4\n% {canary}\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n".encode()
