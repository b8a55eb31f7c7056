"""An attacker's table: every request of a card service, sent again by whoever has shown less or is somebody else."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from tests import cast
from tests.cast import cases, levels, providers
from tests.cast.cases import FILLED
from tests.cast.providers import Simulator
from todoke.cases import decisions
from todoke.cases.correction import corrections
from todoke.cases.models import Case, Draft
from todoke.federation.models import IdentityCheck
from todoke.formbuilder.answers.journey import AnswerKey
from todoke.portal import draft_cookie
from todoke.portal.identities.identification_marks import KEY
from todoke.proving.rights.row_changes import all_rows, changes

pytestmark = pytest.mark.django_db
CANARY = "秘密山"
TYPED = {**FILLED, "name__family": CANARY}
OPEN = {"federation_authenticationrequest", "federation_seentoken"}
"""What a way to a provider leaves behind of whoever goes it, about nobody's application."""


@dataclass
class Table:
    """What attackers sent, and what they got: passes, rows and files by who they are."""

    attackers: dict[str, Callable[[], Client]]
    sent: Counter[str] = field(default_factory=Counter)
    got: list[str] = field(default_factory=list)
    honest: list[str] = field(default_factory=list)

    def send(self, client: Client, method: str, path: str, fields: dict[str, Any] | None = None) -> Any:
        """Let every attacker send the request and take back what that did; then send it for its owner."""
        for name, browser in self.attackers.items():
            with transaction.atomic():
                before = all_rows()
                answer = self._sent(browser(), method, path, fields)
                own = CANARY in str(fields)
                self._judge(f"{name} {method} {path}", answer, changes(before, all_rows()), own=own)
                transaction.set_rollback(True)
            self.sent[name] += 1
        answer = self._sent(client, method, path, fields)
        assert answer.status_code in {200, 302}, f"{method} {path} {answer.status_code}"
        self.honest.append(path)
        return answer

    def _sent(self, client: Client, method: str, path: str, fields: dict[str, Any] | None) -> Any:
        given = {name: value() if callable(value) else value for name, value in (fields or {}).items()}
        return client.post(path, given) if method == "POST" else client.get(path)

    def _judge(self, what: str, answer: Any, rows: list[Any], *, own: bool) -> None:
        """Note what was got; what somebody typed ``own`` is handed back to them."""
        rows = [row for row in rows if row.table not in OPEN]
        is_file = "Content-Disposition" in answer.headers or answer.headers["Content-Type"] == "application/pdf"
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if rows or is_file or (CANARY.encode() in content and not own):
            self.got.append(f"{what}: {answer.status_code} {[row.table for row in rows]} {is_file}")


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("書類.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")


def copied(of: Client) -> Client:
    """A browser in which somebody opened the link of another's draft: it holds the draft, and no session of theirs."""
    other = Client()
    other.cookies[draft_cookie.COOKIE] = of.cookies[draft_cookie.COOKIE].value
    return other


def late(of: Client) -> Client:
    """The same browser an hour after the card was read."""
    session = of.session
    session[KEY] = {token: {**mark, "at": mark["at"] - 3600} for token, mark in session.get(KEY, {}).items()}
    session.save()
    return of


def own_card(simulator: Simulator, start: str) -> Client:
    """Somebody else, who has shown a card for an application of their own."""
    client = Client()
    asked = providers.leave(client, "/sign-in/card/identification/", start)
    providers.come_back(client, simulator.houses["card"], asked, "takasaki")
    return client


def fill_in(table: Table, client: Client, draft: str) -> Case:
    """Fill in, attach, look, and send: each request is tried by everybody else first."""
    at = f"{draft}pages/person/"
    table.send(client, "GET", draft)
    table.send(client, "GET", at)
    table.send(client, "POST", f"{at}draft/", TYPED)
    table.send(client, "POST", f"{at}answers/", {**TYPED, "next": "1", "paper": paper})
    table.send(client, "GET", f"{draft}check/")
    table.send(client, "GET", f"{draft}later/")
    seen = client.get(f"{draft}check/").context
    table.send(client, "POST", f"{draft}submission/", {"seen": seen["seen"], "fee": seen["fee"].total})
    table.send(client, "GET", f"{draft}receipt/")
    return Case.objects.latest("pk")


def after_sending(table: Table, client: Client, case: Case, at: cases.Counter) -> None:
    """Look at the case, correct, take the letter."""
    here = f"/cases/{case.number}/"
    table.send(client, "GET", here)
    table.send(client, "GET", f"{here}answers/")
    table.send(client, "POST", f"{here}message/", {"text": CANARY})
    case.start_review(by=at.clerk)
    corrections.request_correction(case, [corrections.CorrectionPoint(AnswerKey("copies"), "missing")], by=at.clerk)
    table.send(client, "GET", f"{here}correction/")
    table.send(client, "POST", f"{here}correction/answers/", {"copies": "3", "send": "1"})
    decided = Case.objects.get(pk=case.pk)
    decisions.propose(decided, "granted", reason="", by=at.clerk)
    cast.present(decided.proposal).approve(by=at.chief)
    cases.work_off()
    table.send(client, "GET", f"{here}letters/{decided.letters.get().token}/")


@pytest.fixture
def counter() -> cases.Counter:
    return levels.asking("card")


def test_a_guests_requests_get_nothing_for_anybody_else(simulator: Simulator, counter: cases.Counter) -> None:
    simulator.register("card")
    start = f"/procedures/{counter.release.offer.procedure.number}/start/"
    other = cast.signed_in(cast.resident("鈴木 一郎", "ichiro@example.jp"))
    stranger, me = own_card(simulator, start), Client()
    asked = providers.leave(me, "/sign-in/card/identification/", start)
    draft = providers.come_back(me, simulator.houses["card"], asked, "hanako").headers["Location"]
    table = Table({
        "no session": Client, "another's password": lambda: other, "another's card": lambda: stranger,
        "the link without the card": lambda: copied(me),
    })  # fmt: skip
    case = fill_in(table, me, draft)
    table.attackers.pop("the link without the card")
    after_sending(table, me, case, counter)
    assert table.got == []
    assert IdentityCheck.objects.count() == 2
    assert (len(table.honest), sum(table.sent.values())) == (14, 14 * 3 + 8)


def test_an_accounts_requests_get_nothing_for_anybody_else(simulator: Simulator) -> None:
    counter = levels.asking("card", fee=300)
    simulator.register("card")
    start = f"/procedures/{counter.release.offer.procedure.number}/start/"
    hanako, me = cast.resident(), Client()
    linking = providers.confirmed(hanako)
    asked = providers.leave(linking, "/me/identities/card/link/")
    providers.come_back(linking, simulator.houses["card"], asked, "hanako")
    providers.sign_in(me, simulator.houses["card"], "hanako")
    weaker, stranger = cast.signed_in(hanako), own_card(simulator, start)
    draft = me.post(start.replace("start", "application")).headers["Location"].partition("pages/")[0]
    table = Table({
        "no session": Client, "her password": lambda: weaker, "another's card": lambda: stranger,
        "the link": lambda: copied(me),
    })  # fmt: skip
    case = fill_in_as(table, me, draft, shown_by_password={"later/", "receipt/"})
    table.attackers.pop("the link")
    table.send(me, "GET", f"/payments/{cast.present(case.charge).token}/slip.pdf")
    assert table.got == []
    assert Draft.objects.get(submission__token=case.submission.token).applicant == hanako
    assert sum(table.sent.values()) == 4 * 6 + 3 * 3


def fill_in_as(table: Table, client: Client, draft: str, *, shown_by_password: set[str]) -> Case:
    """Fill in and send as ``fill_in``; the pages that a password opens are tried by everybody else."""
    at = f"{draft}pages/person/"
    for method, path, fields in (
        ("GET", at, None), ("POST", f"{at}draft/", TYPED), ("POST", f"{at}answers/", {**TYPED, "next": "1"}),
        ("GET", draft, None), ("GET", f"{draft}check/", None), ("POST", f"{draft}submission/", {}),
    ):  # fmt: skip
        if path.endswith("submission/"):
            seen = client.get(f"{draft}check/").context
            fields = {"seen": seen["seen"], "fee": seen["fee"].total}
        table.send(client, method, path, fields)
    password = table.attackers.pop("her password")
    for page in sorted(shown_by_password):
        table.send(client, "GET", f"{draft}{page}")
    table.attackers["her password"] = password
    return Case.objects.latest("pk")


@pytest.mark.parametrize("act", ["submission", "withdrawal"])
def test_an_hour_after_the_card_nothing_is_sent_or_withdrawn(
    simulator: Simulator, counter: cases.Counter, act: str
) -> None:
    simulator.register("card")
    start = f"/procedures/{counter.release.offer.procedure.number}/start/"
    me = Client()
    asked = providers.leave(me, "/sign-in/card/identification/", start)
    draft = providers.come_back(me, simulator.houses["card"], asked, "hanako").headers["Location"]
    me.post(f"{draft}pages/person/answers/", {**TYPED, "next": "1"})
    if act == "withdrawal":
        me.post(f"{draft}submission/", {"fee": "0"})
    path = f"{draft}submission/" if act == "submission" else f"/cases/{Case.objects.get().number}/withdrawal/"
    answer = late(me).post(path, {"fee": "0"})
    assert answer.status_code == 403
    assert "マイナンバーカードを使う" in answer.content.decode()
    assert "カードを使わない方法" in answer.content.decode()
    assert Case.objects.filter(status="received").count() == (act == "withdrawal")
    assert re.search("キャンセル|取り下げました", answer.content.decode()) is None
