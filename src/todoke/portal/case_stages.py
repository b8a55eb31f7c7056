"""Progress 申請の状況: the stages of an application in plain words. No database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from todoke.cases.models import Case
from todoke.design.page_forms import in_english, write_day

Status = Case.Status


@dataclass(frozen=True)
class ProgressStage:
    """段階: a stage with its day; ``state`` is done, current or todo."""

    title: str
    at: datetime | None
    state: str
    words: str = ""


@dataclass(frozen=True)
class StatusChange:
    """出来事: an event of the case and the status it led to."""

    status: str
    at: datetime


def stages(case: Case, events: Sequence[StatusChange]) -> list[ProgressStage]:
    """Return the stages from receipt to result; the current one says what happens next."""
    reached = {event.status: event.at for event in events}
    if case.status == Status.WITHDRAWN:
        return [
            ProgressStage(_("受け付けました"), case.received_at, "done"),
            ProgressStage(_("取り下げました"), reached.get(Status.WITHDRAWN), "current", _("この申請は終わりました。")),
        ]
    place = _PLACES[Status(case.status)]
    titles = [_("受け付けました"), _review_title(case), _("決定の手続"), _result_title(case)]
    times = [case.received_at, reached.get(Status.REVIEW), reached.get(Status.DECIDING), case.decided_at]
    return [
        ProgressStage(
            title,
            at if number <= place else None,
            "current" if number == place else "done" if number < place else "todo",
            _words(case) if number == place else "",
        )
        for number, (title, at) in enumerate(zip(titles, times, strict=True))
    ]


_PLACES = {
    Status.RECEIVED: 0,
    Status.REVIEW: 1,
    Status.CORRECTION: 1,
    Status.DECIDING: 2,
    Status.GRANTED: 3,
    Status.PARTLY: 3,
    Status.REFUSED: 3,
}


def plain_status(case: Case) -> str:
    """Return the status of a case in plain words, for lists."""
    current = next((stage for stage in stages(case, ()) if stage.state == "current"), None)
    return current.title if current else case.get_status_display()


def _review_title(case: Case) -> str:
    return _("直していただくところがあります") if case.status == Status.CORRECTION else _("内容の確認")


def _result_title(case: Case) -> str:
    named = {
        Status.GRANTED: _("申請のとおり決まりました"),
        Status.PARTLY: _("申請の一部が認められました"),
        Status.REFUSED: _("申請は認められませんでした"),
    }
    return named.get(Status(case.status), _("結果のお知らせ"))


def _words(case: Case) -> str:
    due = _("%(day)sごろまでに、結果をお知らせします。") % {"day": write_day(case.due_on)} if case.due_on else ""
    said = {
        Status.RECEIVED: _("担当が内容を確かめ始めるまで、お待ちください。"),
        Status.REVIEW: _("担当が内容を確かめています。"),
        Status.CORRECTION: _("「申請を直す」から、直してください。それまで審査は止まっています。"),
        Status.DECIDING: _("内容の確認が終わり、決定の手続をしています。"),
    }
    waiting = said.get(Status(case.status), "")
    between = " " if in_english() and due else ""
    return (
        f"{waiting}{between}{due}"
        if waiting and case.status != Status.CORRECTION
        else waiting or _("手続は終わりました。")
    )
