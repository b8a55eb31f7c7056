"""Synthetic ward 検証用の区: two departments with a service each, one person of every role, and residents."""

from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from todoke.accounts.models import User
from todoke.demo.offers import route
from todoke.federation.models import IdentityCheck
from todoke.formbuilder.models import FormDraft
from todoke.japanese.calendar import today
from todoke.meetings.models import Body
from todoke.offers.models import FeeLine, LetterText, Offer, Release
from todoke.organization.models import Department, Post, Tenure
from todoke.plans.models import Plan
from todoke.procedures.models import Procedure
from todoke.proving import service

HERE, ELSEWHERE, OFFICE, NEW_PLACE = "9900", "9800", "9700", "9500"
CARD, OTHER = "proof-card", "proof-elsewhere"
COLLEAGUE = "colleague@proof.example"
STAFF = {
    "clerk2@proof.example": ("検証 隣の係員", Post.Role.CLERK, ELSEWHERE),
    "chief3@proof.example": ("検証 隣の課長", Post.Role.CHIEF, ELSEWHERE),
    "treasurer2@proof.example": ("検証 二人目の会計", Post.Role.TREASURER, OFFICE),
    COLLEAGUE: ("検証 同じ課の係員", Post.Role.CLERK, HERE),
    **{f"{role}@proof.example": (f"検証 {role.label}", role, OFFICE) for role in (
        Post.Role.DESIGNER, Post.Role.HEADQUARTERS, Post.Role.RECORDS, Post.Role.TREASURER, Post.Role.AUDITOR,
        Post.Role.ADMINISTRATOR,
    )},
}  # fmt: skip
SINCE = timedelta(days=30)
MOVED_TO = Post.Role.CLERK
"""The role that everybody has after a transfer."""


def build(residents: dict[str, str]) -> dict[str, Any]:
    """Create everybody; ``residents`` maps e-mail addresses to names. Return the secrets of the authenticator apps.

    The first resident's documents were seen at the counter.
    """
    Department.objects.create(code=ELSEWHERE, name="検証の隣の課(合成)")
    Department.objects.create(code=OFFICE, name="検証の本部(合成)")
    Department.objects.create(code=NEW_PLACE, name="検証の異動先(合成)")
    hashed = make_password(service.PASSWORD)
    for email, (name, role, code) in STAFF.items():
        section = Department.objects.get(code=code)
        post = Post.objects.create(department=section, title=name, role=role)
        Tenure.objects.create(post=post, user=service.account(email, name, hashed), starts_on=today() - SINCE)
    for number, (email, name) in enumerate(residents.items()):
        person = service.account(email, name, hashed)
        if number == 0:
            IdentityCheck.record(method="counter", user=person, by=User.objects.get(email=service.CLERK))
    body = Body.objects.create(code="proof-body", name="検証の会議(合成)")
    body.members.set(Post.objects.filter(role=Post.Role.CHIEF))
    Plan.objects.create(
        code="proof-plan", title="検証の計画(合成)", starts_on=today(), ends_on=today() + timedelta(days=700)
    )
    _publish(CARD, HERE, identity="card", without_card="窓口へお越しください。", without_card_channel="counter")
    _publish(OTHER, ELSEWHERE)
    staff = User.objects.filter(tenures__isnull=False).distinct()
    return {"secrets": {person.email: add_factor(person) for person in staff}, "procedures": _procedures()}


def add_factor(person: User) -> str:
    """Register an authenticator app and return its secret."""
    Authenticator.objects.filter(user=person).delete()
    TOTP.activate(person, secret := generate_totp_secret())
    return str(secret)


def _publish(code: str, department: str, **terms: Any) -> None:
    section, now = Department.objects.get(code=department), timezone.now()
    title = f"検証の手続 {code}"
    procedure = Procedure.objects.create(title=title, department=section)
    offer = Offer.objects.create(code=code, procedure=procedure, department=section, opens_at=now - SINCE)
    form = FormDraft.objects.create(code=code, title=title, document=service.service_definition())
    Release.publish(
        offer,
        rows=[
            LetterText(kind="grant", title="検証の通知書(合成)", opening="{received}の申請について決定しました。"),
            LetterText(kind="refuse", title="検証の却下通知書(合成)", opening="却下します。", appeal="教示です。"),
            FeeLine(label="検証の手数料(合成)", amount=300, unit_question="copies", revenue_code="99-99-99"),
        ],
        by=service.PROVER, form_version=form.publish(by=service.PROVER), route=route(), standard_days=5,
        delivery="郵送", effective_at=now - timedelta(minutes=1), **terms,
    )  # fmt: skip


def _procedures() -> dict[str, str]:
    offers = Offer.objects.select_related("procedure")
    return {offer.code: offer.procedure.number for offer in offers}
