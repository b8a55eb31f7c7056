"""Alarms of automations 自動化の警報: who is told that one stopped or did not run, and what people do instead."""

from collections.abc import Iterable
from datetime import datetime

from todoke.accounts.actors import System
from todoke.japanese.calendar import JAPAN
from todoke.notices.outbox import Recipient, enqueue
from todoke.organization.models import Tenure
from todoke.runtime.links import absolute
from todoke.systems.models.automation import Automation
from todoke.systems.permissions import REVIEW_AUTOMATION

CODE, BY = "automation-alarm", System("自動化の警報")


def tell_stopped(automation: Automation, why: str) -> int:
    """Tell owner and deputy that an automation stopped; return how many were told."""
    return _tell(automation, "止まりました", why, f"停止 {automation.code}")


def tell_missed(automation: Automation, due_at: datetime) -> int:
    """Tell owner and deputy that a run was due and nothing was reported; return how many were told."""
    moment = f"{due_at.astimezone(JAPAN):%Y年%-m月%-d日 %-H時%M分}"
    return _tell(
        automation, "予定どおり動いていません", f"{moment}の実行の報告がありません。", f"漏れ {automation.code}"
    )


def answering(automation: Automation) -> Iterable[Recipient]:
    """Return who holds the post of the owner or deputy today; headquarters where nobody does."""
    posts = [automation.owner_id, automation.deputy_id]
    held = Tenure.objects.current().persons().filter(post__in=posts, user__is_active=True).select_related("user")
    people = {each.user_id: each.user for each in held}
    return [Recipient.of(user) for user in list(people.values()) or REVIEW_AUTOMATION.people()]


def _tell(automation: Automation, state: str, why: str, about: str) -> int:
    people = list(answering(automation))
    for person in people:
        context = {
            "name": person.name, "title": automation.title, "state": state, "why": why,
            "fallback": automation.fallback or "まだ書かれていません。担当の課長に確かめてください。",
            "url": absolute("board:automation", automation.code),
        }  # fmt: skip
        enqueue(CODE, to=person, context=context, about=about, by=BY)
    return len(people)
