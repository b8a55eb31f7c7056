"""Facts that change 途中で変わる事実: what a proof does to an installation between two requests, and takes back.

A process inside the installation reads commands as JSON lines on stdin and answers on stdout.
"""

import json
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from todoke.accounts.actors import System
from todoke.accounts.models import RateLimitCounter, User
from todoke.cases.models import StopFlag
from todoke.cases.models.stop_flag import person_key
from todoke.federation.models import IdentityProvider
from todoke.federation.provider_simulator.simulated_provider import STRONG
from todoke.japanese.calendar import today
from todoke.jobs.models import Job
from todoke.jobs.worker import perform
from todoke.notices.models import Message
from todoke.organization.models import Department, Post, Tenure
from todoke.payments.models import ProviderEvent
from todoke.portal.identities.identification_marks import KEY as SHOWN
from todoke.proving.rights import row_changes, ward
from todoke.records.models import RecordFile
from todoke.runtime import read_only_mode
from todoke.runtime.sessions import SessionStore, stored_key

NOTICE_WITHIN, HOUR, STATEMENTS = 30.0, 3600, 1000


class Facts:
    """途中で変わる事実: one verb per command; every change is taken back by the command that follows it."""

    def __init__(self) -> None:
        self.before: row_changes.Rows = {}
        self.written = ""
        self.sessions: dict[str, Session] = {}

    def build(self, residents: dict[str, str]) -> dict[str, Any]:
        return ward.build(residents)

    def mark(self) -> None:
        """Remember every row as it is now."""
        self.written, self.before = row_changes.last_write(), row_changes.all_rows()

    def changes(self) -> list[row_changes.RowChange]:
        """Return what changed since the last mark, and remember every row as it is now."""
        if self.written and row_changes.last_write() == self.written:
            return []
        before = self.before
        self.mark()
        return row_changes.changes(before, self.before)

    def transfer(self, email: str) -> None:
        """Let the posts of a person end yesterday, and make them a clerk of another department."""
        user, section = User.objects.get(email=email), Department.objects.get(code=ward.NEW_PLACE)
        Tenure.objects.filter(user=user, ends_on=None).update(
            ends_on=today() - timedelta(days=1), starts_on=today() - ward.SINCE
        )
        post, _ = Post.objects.get_or_create(department=section, title="異動先", role=ward.MOVED_TO)
        Tenure.objects.create(post=post, user=user, starts_on=today())

    def untransfer(self, email: str) -> None:
        Tenure.objects.filter(user__email=email, post__title="異動先").delete()
        Tenure.objects.filter(user__email=email).update(ends_on=None)

    def disable(self, email: str) -> None:
        User.objects.filter(email=email).update(is_active=False)

    def enable(self, email: str) -> None:
        User.objects.filter(email=email).update(is_active=True)

    def flag(self, name: str) -> None:
        """Place a protective flag on a person."""
        clerk = User.objects.get(email="clerk2@proof.example")
        StopFlag.objects.create(
            name=name, key=person_key(name), department=Department.objects.get(code=ward.ELSEWHERE), placed_by=clerk,
            starts_on=today(), ends_on=today() + timedelta(days=300),
        )  # fmt: skip

    def unflag(self, name: str) -> None:
        StopFlag.objects.filter(key=person_key(name)).delete()

    def keep_session(self, key: str) -> None:
        """Remember a session before something ends it."""
        self.sessions[key] = Session.objects.get(pk=stored_key(key))

    def restore_session(self, key: str) -> None:
        """Put a session back as it was kept, whether it is gone or was changed."""
        kept = self.sessions.pop(key)
        facts = {"session_data": kept.session_data, "expire_date": kept.expire_date}
        Session.objects.update_or_create(pk=kept.pk, defaults=facts)

    def age_card(self, key: str) -> None:
        """Let an hour pass since a card was shown in a session."""
        session = SessionStore(key)
        session[SHOWN] = {token: {**mark, "at": mark["at"] - HOUR} for token, mark in session.get(SHOWN, {}).items()}
        session.save()

    def register_card(self, issuer: str) -> None:
        """Register the provider of cards at an address, as an operator does by a file."""
        IdentityProvider.register(
            by=System("検証"), slug="card", name="検証のカード(合成)", audience="resident", issuer=issuer,
            client_id="todoke", client_proof="private_key_jwt", algorithms="ES256", scopes="openid",
            acr_levels=f"{STRONG['card']} 3 3", least_authentication=3, reads_userinfo=True,
        )  # fmt: skip

    def read_only(self, *, on: bool) -> None:
        """Switch read-only mode on or off, as an operator does."""
        if on:
            read_only_mode.switch_on(since=timezone.now(), reason="検証")
        else:
            read_only_mode.switch_off()

    def expire(self, number: str) -> None:
        """Let the retention of a file end yesterday."""
        RecordFile.objects.filter(number=number).update(expires_on=today() - timedelta(days=1))

    def add_factor(self, email: str) -> str:
        return ward.add_factor(User.objects.get(email=email))

    def forget_tries(self) -> None:
        """Let every limit begin anew: the proof asks more often than people do."""
        RateLimitCounter.objects.all().delete()

    def message(self, to: str) -> str:
        """Return the newest message to an address."""
        return str(Message.objects.filter(email=to).latest("pk").body)

    def await_payment_notice(self) -> None:
        """Wait until the provider's notice of a payment has arrived. Raises TimeoutError after half a minute."""
        deadline = time.monotonic() + NOTICE_WITHIN
        while not ProviderEvent.objects.exists():
            if time.monotonic() > deadline:
                raise TimeoutError("支払の知らせが届きません")
            time.sleep(0.05)

    def work_off(self) -> None:
        """Run the waiting jobs, as a worker does."""
        while (job := Job.objects.lease_next("proof")) is not None:
            perform(job)


def serve() -> None:
    """Answer commands until stdin ends; on SQLite the query of each table is prepared once."""
    if connection.vendor == "sqlite":
        connection.settings_dict["OPTIONS"] |= {"cached_statements": STATEMENTS}
    facts = Facts()
    for line in sys.stdin:
        order = json.loads(line)
        name = order.pop("verb")
        verb: Callable[..., Any] = getattr(facts, name)
        said = verb(**order)
        if name not in {"mark", "changes"}:
            facts.written = ""
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()
