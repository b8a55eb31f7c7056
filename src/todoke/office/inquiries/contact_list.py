"""問合せの一覧: what the person's sections recorded, and the calls that wait to be returned."""

from django.db.models import QuerySet

from todoke.guidance.models import Contact
from todoke.guidance.permissions import LOG_CONTACTS
from todoke.lists.cells import moment, tag
from todoke.lists.columns import Choice, Column
from todoke.lists.row_list import RowList


class ContactList(RowList[Contact]):
    """問合せの一覧: the contacts of the person's sections, the latest first."""

    name, title, url = "contacts", "問合せ", "office:contacts"
    key, start = "pk", "-at"
    views = {"all": "すべて", "back": "折り返し待ち"}
    search_fields, search_label = ("thread__number", "thread__topic__name"), "用件の番号・種類"
    columns = (
        Column("number", "用件の番号", lambda row: row.thread.number, css="nowrap"),
        Column("nth", "回", lambda row: row.nth, css="number"),
        Column("topic", "種類", lambda row: row.thread.topic.name, sort="thread__topic__name"),
        Column("at", "日時", lambda row: row.started_at, sort="started_at", cell=lambda row: moment(row.started_at),
               css="nowrap"),
        Column("channel", "経路", lambda row: row.get_channel_display()),
        Column("outcome", "結果", lambda row: row.get_outcome_display(),
               cell=lambda row: tag(row.get_outcome_display())),
        Column("note", "メモ", lambda row: row.note, css="words"),
    )  # fmt: skip

    def filters(self) -> tuple[Choice, ...]:
        return (Choice("outcome", "結果", Contact.Outcome.choices, field="outcome"),)

    def rows(self, view: str) -> QuerySet[Contact]:
        mine = Contact.objects.filter(department__in=LOG_CONTACTS.departments_of(self.user))
        shown = mine.select_related("thread__topic")
        return shown.filter(outcome=Contact.Outcome.CALL_BACK, called_back_at=None) if view == "back" else shown
