"""Follower queue 募集の知らせの依頼: has followers and senders of a call told, in the transaction of the act."""

from typing import TYPE_CHECKING

from todoke.jobs.backend import task_named
from todoke.jobs.priority import Priority

if TYPE_CHECKING:
    from todoke.voices.models.consultation import Consultation

TASK = "todoke.voices.tasks.tell_followers"
SENDERS = "todoke.voices.tasks.tell_senders"
EXTENDED, PUBLISHED, ABANDONED = "extended", "published", "abandoned"


def queue_news(of: "Consultation", news: str) -> None:
    """Queue the mails; ``news`` is a kind, or one with a dash and what makes it different from another of its kind."""
    if of.followers.confirmed().exists():
        task_named(TASK).using(priority=Priority.BULK).enqueue(of.pk, news)


def queue_result(of: "Consultation") -> int:
    """Queue the mails of the result to whoever left an address with an opinion; return how many people."""
    number = of.senders.exclude(sealed_mail="").count()
    if number:
        task_named(SENDERS).using(priority=Priority.BULK).enqueue(of.pk)
    return number
