"""Whatever people press, in whatever order, a case never stands where the table does not allow it.

``TODOKE_SEQUENCES`` sets how many random sequences are tried (default 40; 10,000 before a release).
"""

import os
from collections.abc import Callable

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import cases
from todoke.accounts.actors import Guest
from todoke.audit import log
from todoke.cases import decisions
from todoke.cases.correction import corrections
from todoke.cases.correction.corrections import CorrectionPoint
from todoke.cases.models import Case
from todoke.cases.models.status import CLOSED, DECIDED, NEXT
from todoke.formbuilder.answers.journey import AnswerKey
from todoke.runtime.refusals import Refused

SEQUENCES = int(os.environ.get("TODOKE_SEQUENCES", "40"))
ACTS = (
    "review", "ask", "answer", "cancel", "extend", "withdraw", "propose", "refuse", "approve", "return", "reject",
    "take_back", "assign", "stale_review", "stale_withdraw",
)  # fmt: skip


class Play:
    """One case and the people around it."""

    def __init__(self) -> None:
        self.at = cases.counter()
        self.number = cases.case(self.at).number
        self.old = self.case()

    def case(self) -> Case:
        return Case.objects.get(number=self.number)

    def act(self, name: str) -> None:
        case, at = self.case(), self.at
        asked = case.correction_requests.last()
        proposal = case.proposal
        acts: dict[str, Callable[[], object]] = {
            "review": lambda: case.start_review(by=at.clerk),
            "ask": lambda: corrections.request_correction(
                case, [CorrectionPoint(AnswerKey("copies"), "mistake")], by=at.clerk
            ),
            "answer": lambda: asked and corrections.answer_correction(asked, {"copies": "3"}, by=Guest()),
            "cancel": lambda: asked and corrections.cancel_correction(asked, by=at.clerk, reason="済み"),
            "extend": lambda: case.extend(3, reason="調査のため", by=at.clerk),
            "withdraw": lambda: case.withdraw(by=Guest()),
            "propose": lambda: decisions.propose(case, "granted", by=at.clerk),
            "refuse": lambda: decisions.propose(case, "refused", by=at.clerk, reason="要件を満たさない"),
            "approve": lambda: proposal and proposal.approve(by=at.chief),
            "return": lambda: proposal and proposal.return_to_drafter(by=at.chief, reason="確認"),
            "reject": lambda: proposal and proposal.reject(by=at.chief, reason="不可"),
            "take_back": lambda: proposal and proposal.take_back(by=at.clerk, reason="修正"),
            "assign": lambda: case.assign(at.chief, by=at.clerk),
            "stale_review": lambda: self.old.start_review(by=at.clerk),
            "stale_withdraw": lambda: self.old.withdraw(by=Guest()),
        }
        acts[name]()


def check_story(case: Case) -> None:
    """The passages tell a lawful walk from receipt to where the case stands."""
    passages = [passage for passage in case.events.all() if passage.before]
    standing = "received"
    for passage in passages:
        assert passage.before == standing
        assert passage.after in NEXT[passage.before]
        standing = passage.after
    assert standing == case.status
    assert (case.decided_at is not None) == (case.status in DECIDED)
    assert case.letters.count() == (1 if case.status in DECIDED else 0)
    assert case.due_on is None or case.status not in (*CLOSED, "correction")
    assert case.status != "deciding" or (case.proposal and case.proposal.status == "circulating")
    waiting = case.correction_requests.filter(answered_at__isnull=True, cancelled_at__isnull=True).exists()
    assert waiting == (case.status == "correction") or case.status in CLOSED
    assert case.status == "deciding" or case.proposal is None or case.proposal.status != "circulating"
    assert case.status not in CLOSED or case.proposal is None or case.proposal.settled_at


@pytest.mark.slow
@pytest.mark.django_db
def test_no_order_of_acts_leads_where_the_table_does_not() -> None:
    play = Play()

    @settings(max_examples=SEQUENCES, suppress_health_check=list(HealthCheck), database=None)
    @given(acts=st.lists(st.sampled_from(ACTS), min_size=1, max_size=25))
    def any_order(acts: list[str]) -> None:
        with transaction.atomic():
            play.old = play.case()
            for name in acts:
                try:
                    with transaction.atomic():
                        play.act(name)
                except Refused:
                    continue
                check_story(play.case())
            assert list(log.verify()) == []
            transaction.set_rollback(True)

    any_order()
