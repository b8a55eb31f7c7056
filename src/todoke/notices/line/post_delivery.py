"""Post delivery 掲出の送信: one post by its one key, tried again for a day, accepted once however often it is tried."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from todoke.accounts.actors import System
from todoke.audit.log import record
from todoke.audit.transitions import compare_and_set, transition
from todoke.jobs.backend import task_named
from todoke.notices.line import line_client
from todoke.notices.line.post_check import held_kinds
from todoke.notices.models.channel_post import SEND, ChannelPost, ChannelSwitch, public_contacts

FOR, SHORTEST, LONGEST = timedelta(hours=24), timedelta(seconds=10), timedelta(hours=1)
OFF = "経路の使用が止まっていました"


def send(post_id: int) -> None:
    """Send a post that waits; a second worker, or one after a killed one, is told by LINE that it was accepted."""
    post = ChannelPost.objects.get(pk=post_id)
    if post.status != post.Status.QUEUED:
        return
    if ChannelSwitch.current() is None:
        _settle(post, post.Status.FAILED, problem=OFF)
        return
    kinds = [] if post.released_by_id else held_kinds(post.text, public=public_contacts())
    if kinds:
        transition(post, post.Status.HELD, held_for="、".join(kinds)[:100])
        return
    made = post.attempts
    if not compare_and_set(post, {"attempts": made, "status": post.Status.QUEUED}, attempts=made + 1):
        return
    try:
        answer = line_client.broadcast(post.text, post.retry_key)
    except OSError as trouble:
        _later(post, made, type(trouble).__name__)
        return
    if answer.is_accepted:
        _settle(post, post.Status.SENT, request_id=answer.request_id[:64], problem="")
    elif answer.may_succeed_later:
        _later(post, made, str(answer.status))
    else:
        _settle(post, post.Status.FAILED, problem=f"LINEに拒まれました({answer.status})")


def wait_after(attempts: int) -> timedelta:
    """Return what is waited after so many failed attempts: 10 s, 20 s … at most an hour."""
    return min(SHORTEST * (1 << min(attempts, 10)), LONGEST)


def _later(post: ChannelPost, made: int, problem: str, now: datetime | None = None) -> None:
    """Try again later; after a day a person decides."""
    now = now or timezone.now()
    if now - post.drafted_at > FOR:
        _settle(post, post.Status.FAILED, problem=f"一日試しましたが、LINEに届きませんでした({problem})")
        return
    ChannelPost.objects.filter(pk=post.pk).update(problem=problem[:100])
    task_named(SEND).using(run_after=now + wait_after(made)).enqueue(post.pk)


def _settle(post: ChannelPost, to: ChannelPost.Status, **changes: Any) -> None:
    if transition(post, to, settled_at=timezone.now(), **changes):
        record(post, f"掲出: {to.label}", by=System(), after=dict(changes))
