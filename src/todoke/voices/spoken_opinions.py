"""Spoken opinions 口頭の意見: what was said at a briefing becomes an arrival once the speaker confirmed the words."""

from typing import Any

from django.db import transaction

from todoke.accounts.models import User
from todoke.runtime.refusals import Refused
from todoke.voices.arrival import Channel
from todoke.voices.models import Briefing, CommentReceipt


@transaction.atomic
def hear(
    briefing: Briefing, *, text: str, confirmed: bool, by: User, clause: str = "", sender: dict[str, Any] | None = None
) -> CommentReceipt:
    """口頭の意見の受付: register what somebody said at a briefing.

    Raises NotAllowed, and Refused where the rule takes no spoken opinions or the speaker did not confirm the words.
    """
    if not confirmed:
        raise Refused("話した人に文を見せて、これでよいと確かめてから登録してください。")
    return CommentReceipt.receive(
        briefing.consultation, channel=Channel.ORAL, text=text, by=by, arrived_at=briefing.starts_at, clause=clause,
        sender=sender, briefing=briefing,
    )  # fmt: skip
