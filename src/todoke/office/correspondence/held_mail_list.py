"""留め置いた通知の一覧: which held mails a page shows, by what they are found and sorted, and what is exported."""

from collections.abc import Mapping

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from todoke.cases.models import HeldMail
from todoke.design.templatetags.design import page_date
from todoke.lists.cells import link, tag
from todoke.lists.columns import Column
from todoke.lists.row_list import RowList


def _number(mail: HeldMail) -> SafeString:
    return link(reverse("office:case", args=[mail.case.number]), mail.case.number)


def _subject(mail: HeldMail) -> SafeString:
    return link(reverse("office:held-mail", args=[mail.token]), mail.delivery.message.subject or "(消去済み)")


def _outcome(mail: HeldMail) -> object:
    if not mail.decided_at:
        return tag("確かめてください", "warning")
    who = mail.decided_by.name if mail.decided_by else "システム"
    return f"{mail.get_outcome_display()}({who} {page_date(mail.decided_at)})"


class HeldMailList(RowList[HeldMail]):
    """留め置いた通知の一覧: of the cases of the person's sections; never a file, as it tells who is protected."""

    name, title, url, export_url = "held-mails", "留め置いた通知", "office:held-mails", "office:held-mails-export"
    key, start, exportable = "token", "-held", False
    views = {"waiting": "確かめるもの", "sent": "送ったもの", "discarded": "送るのをやめたもの", "all": "すべて"}
    search_fields, search_label = ("case__number", "delivery__message__subject"), "受付番号・件名"
    columns = (
        Column("number", "受付番号", lambda m: m.case.number, sort="case__number", cell=_number, css="nowrap"),
        Column("title", "手続", lambda m: m.case.title, css="words"),
        Column("subject", "件名", lambda m: m.delivery.message.subject, cell=_subject, css="words"),
        Column("held", "留め置いた日時", lambda m: m.held_at, sort="pk", css="nowrap"),
        Column("outcome", "扱い", lambda m: m.get_outcome_display(), cell=_outcome),
        Column("decided", "決めた日時", lambda m: m.decided_at, css="nowrap", shown=False, exported=True),
        Column("by", "決めた人", lambda m: m.decided_by and m.decided_by.name, shown=False, exported=True),
        Column("reason", "理由", lambda m: m.reason, css="words", shown=False, exported=True),
    )

    def rows(self, view: str) -> QuerySet[HeldMail]:
        found = HeldMail.objects.in_office_of(self.user).select_related(
            "case__release__offer__procedure", "delivery__message__user", "decided_by"
        )
        if view in {"", "all"}:
            return found
        return found.waiting() if view == "waiting" else found.filter(outcome=view)

    def counts(self) -> Mapping[str, int]:
        return {"waiting": self.rows("waiting").count()}
