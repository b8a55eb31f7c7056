"""The cast of the levels: services that ask for an identity, and browsers that have shown more or less of it."""

import time

from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.utils import timezone

from tests import cast
from tests.cast.cases import FILLED, Counter, counter
from todoke.accounts.actors import System
from todoke.accounts.models import User
from todoke.accounts.session_assurance import SECOND_FACTOR, SessionAssurance
from todoke.cases import intake
from todoke.cases.models import Case, Draft
from todoke.federation.models import IdentityCheck
from todoke.offers.models import FeeLine, LetterText, Release, ReleaseRow


def asking(identity: str, *, fee: int = 0) -> Counter:
    """A section whose service asks for an identity from its newest release on."""
    at = counter(fee=fee)
    ask(at, identity)
    return at


def ask(at: Counter, identity: str) -> None:
    """Publish a release that asks for an identity from now on."""
    old = at.release
    rows: list[ReleaseRow] = [
        LetterText(kind=text.kind, title=text.title, opening=text.opening, appeal="教示の文")
        for text in old.letters.all()
    ]
    rows += [FeeLine(label=line.label, amount=line.amount, revenue_code=line.revenue_code) for line in old.fees.all()]
    at.release = Release.publish(
        old.offer, rows=rows, by=System(), form_version=old.form_version, route=old.route, standard_days=5,
        delivery="窓口", identity=identity, without_card="本人確認書類を持って窓口へ", without_card_channel="counter",
    )  # fmt: skip


def identified(person: User, by: User) -> IdentityCheck:
    """A person whose documents a clerk has seen."""
    return IdentityCheck.record(method="counter", user=person, by=by)


def with_second_factor(client: Client, person: User, *, minutes_ago: int = 0) -> Client:
    """A browser in which a person has signed in with a password and an app some minutes ago."""
    if client.session.get(SESSION_KEY) is None:
        client.force_login(person)
    app, _ = Authenticator.objects.get_or_create(user=person, type=Authenticator.Type.TOTP, defaults={"data": {}})
    session = client.session
    at = time.time() - minutes_ago * 60
    session["account_authentication_methods"] = [{"method": "mfa", "at": at, "id": app.pk, "type": "totp"}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client


def strong() -> SessionAssurance:
    """What a session has shown in which a second factor was used just now."""
    return SessionAssurance(SECOND_FACTOR, timezone.now())


def filled(at: Counter, person: User) -> Draft:
    """An application that its applicant, identified as strongly as any release asks without a card, has filled in."""
    draft = intake.begin(at.release, by=person, session=strong())
    assert not draft.submission.save_page("person", FILLED, by=person)
    return draft


def case(at: Counter, person: User) -> Case:
    """An application sent by its applicant."""
    return intake.accept(filled(at, person).submission, by=person, session=strong())


def browser(shown: str, hanako: User, clerk: User) -> Client:
    """A browser of somebody who has shown so much; a stranger is another person who has shown everything."""
    client = Client()
    if shown == "stranger":
        other = cast.resident("鈴木 一郎", "ichiro@example.jp")
        identified(other, clerk)
        return with_second_factor(client, other)
    if shown in {"password", "documents"}:
        client.force_login(hanako)
    if shown in {"factor", "long ago", "everything"}:
        with_second_factor(client, hanako, minutes_ago=45 if shown == "long ago" else 0)
    return client


def forget_documents(person: User) -> None:
    """Leave a person as if nobody had seen their documents; only a test can."""
    IdentityCheck.objects.filter(user=person).delete()
