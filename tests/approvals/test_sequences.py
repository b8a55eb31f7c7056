"""Whatever people try in whatever order, only what the rules allow happens.

``TODOKE_SEQUENCES`` sets how many random sequences are tried (default 12; 10,000 before a release).
"""

import os
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import cast
from tests.approvals import oracle
from tests.approvals.oracle import Oracle
from tests.cast import approvals
from tests.cast.approvals import DOSSIER
from todoke.accounts.models import User
from todoke.approvals.models import Absence, Deputy, Proposal, Step, StepDecision
from todoke.audit import log
from todoke.japanese.calendar import today
from todoke.organization.models import Post, Tenure
from todoke.runtime.refusals import Refused

SEQUENCES = int(os.environ.get("TODOKE_SEQUENCES", "12"))
REASON = {oracle.RETURN, oracle.REJECT, oracle.TAKE_BACK, oracle.DROP}
HELPFUL = [("approve", "chief"), ("approve", "treasurer"), ("approve", "director"), ("approve", "director")]
acts = st.tuples(st.sampled_from(oracle.ACTS), st.sampled_from(oracle.PEOPLE))
sequences = st.tuples(st.integers(0, len(HELPFUL)), st.lists(acts, max_size=10)).map(
    lambda drawn: [*HELPFUL[: drawn[0]], *drawn[1]]
)
tries = st.lists(acts, min_size=3, max_size=3)


@pytest.fixture
def people(db: None) -> dict[str, User]:
    office = approvals.office()
    approvals.route()
    deputy = cast.staff("渡辺 補佐", "deputy@example.lg.jp", Post.Role.CLERK, office.section)
    Deputy.objects.create(post=Tenure.objects.of(office.chief).get().post, deputy=Tenure.objects.of(deputy).get().post)
    stranger = cast.staff("他課 課長", "other@example.lg.jp", Post.Role.CHIEF, cast.department("税務課", "3010"))
    for other in (office.director, office.chief):
        Tenure.objects.create(post=Tenure.objects.of(other).get().post, user=office.clerk, starts_on=today())
    named = {name: getattr(office, name) for name in oracle.PEOPLE if hasattr(office, name)}
    return named | {"deputy": deputy, "stranger": stranger}


def drafted(clerk: User) -> Proposal:
    """A proposal of the section, although its drafter also holds the posts of the chief and of the director."""
    return approvals.proposal(clerk, amount=2_000_000, department=cast.department())


def try_to(act: str, proposal: Proposal, person: User, chief: User) -> bool:
    """Do an act; False when it was refused. A refused act must leave nothing behind."""
    if act == oracle.LEAVE:
        if Absence.objects.exists():
            return False
        Absence.objects.create(user=chief, starts_on=today(), ends_on=today() + timedelta(days=1))
        return True
    if act == oracle.COME:
        return bool(Absence.objects.all().delete()[0])
    details = {"reason": "理由"} if act in REASON else {"dossier": DOSSIER} if act == oracle.RESUBMIT else {}
    verb: Callable[..., None] = getattr(proposal, act)
    try:
        with transaction.atomic():
            verb(by=person, **details)
    except Refused:
        return False
    return True


def follow(number: int, sequence: list[tuple[str, str]], last: list[tuple[str, str]], people: dict[str, User]) -> None:
    rules, proposal = Oracle(), Proposal.objects.get(pk=number)
    for act, person in sequence:
        allowed = rules.may(act, person)
        done = try_to(act, proposal, people[person], people["chief"])
        assert done == allowed, f"{act} by {person}: {'done' if done else 'refused'} in {rules}"
        if allowed:
            rules.do(act, person)
        proposal = Proposal.objects.get(pk=number)
        assert (proposal.status, proposal.round) == (rules.status, rules.round)
        assert (proposal.settled_at is None) == (rules.status in {"circulating", "returned", "taken_back"})
    assert StepDecision.objects.filter(step__proposal=number).count() == rules.decisions
    open_steps = Step.objects.filter(proposal=number, status=Step.Status.OPEN).count()
    assert open_steps == (len(rules.waiting) if rules.status == "circulating" else int(rules.reading))
    probe(rules, number, last, people)
    assert list(log.verify()) == []


def probe(rules: Oracle, number: int, last: list[tuple[str, str]], people: dict[str, User]) -> None:
    """Try acts side by side where the sequence has led: each is allowed exactly when the rules say so."""
    for act, person in last:
        with transaction.atomic():
            done = try_to(act, Proposal.objects.get(pk=number), people[person], people["chief"])
            transaction.set_rollback(True)
        assert done == rules.may(act, person), f"{act} by {person}: {'done' if done else 'refused'} in {rules}"


def test_only_what_the_rules_allow_happens_in_any_order(people: dict[str, User]) -> None:
    number = drafted(people["clerk"]).pk

    @settings(max_examples=SEQUENCES, suppress_health_check=list(HealthCheck), database=None)
    @given(sequence=sequences, last=tries)
    def any_order(sequence: list[tuple[str, str]], last: list[tuple[str, str]]) -> None:
        with transaction.atomic():
            follow(number, sequence, last, people)
            transaction.set_rollback(True)

    any_order()
