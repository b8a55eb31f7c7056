"""Commitment notices 宿題の知らせ: a department is told of a new commitment, and of an answer that is not enough."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from todoke.accounts.actors import Actor
from todoke.japanese.calendar import format_date
from todoke.notices.outbox import Recipient, enqueue
from todoke.organization.models import Department, Tenure
from todoke.runtime.links import absolute

if TYPE_CHECKING:
    from todoke.meetings.models import Commitment


def people_to_tell(department: Department) -> list[Recipient]:
    """Return the chiefs of a department who hold the post today; where there is none, everybody of the department."""
    held = Tenure.objects.current().persons().filter(post__department=department, user__is_active=True)
    held = held.select_related("user")
    people = {tenure.user_id: tenure.user for tenure in held.chiefs() or held}
    return [Recipient.of(user) for user in people.values()]


def due_words(commitment: "Commitment") -> str:
    """Return the due date as text: the date, the words of the minutes, or that there is none."""
    if commitment.due:
        return format_date(commitment.due)
    return f"未定(会議録では「{commitment.due_text}」)" if commitment.due_text else "未定"


def tell_departments(commitments: Iterable["Commitment"], *, by: Actor) -> int:
    """Write one notice a department about its new commitments; return how many notices were written."""
    found: dict[Department, list[Commitment]] = {}
    for commitment in commitments:
        found.setdefault(commitment.department, []).append(commitment)
    written = 0
    for department, own in found.items():
        lines = "\n\n".join(
            f"{each.number} {each.what}\n期限: {due_words(each)}\n{absolute('board:commitment', each.number)}"
            for each in own
        )
        for to in people_to_tell(department):
            context = {"name": to.name, "body": own[0].body.name, "count": len(own), "commitments": lines}
            enqueue("commitment-new", to=to, context=context, about=f"宿題 {own[0].number}", by=by)
            written += 1
    return written


def tell_of_return(commitment: "Commitment", reason: str, *, by: Actor) -> None:
    """Write to the department that its answer is not enough, and why (再回答の求め)."""
    for to in people_to_tell(commitment.department):
        context = {
            "name": to.name, "number": commitment.number, "what": commitment.what, "reason": reason,
            "due": due_words(commitment), "url": absolute("board:commitment", commitment.number),
        }  # fmt: skip
        enqueue("commitment-returned", to=to, context=context, about=f"宿題 {commitment.number}", by=by)
