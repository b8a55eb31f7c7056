"""問合せの一覧: what the person's sections recorded, and the calls that wait to be returned."""

from typing import Any

from django.db.models import Q, QuerySet

from todoke.guidance.models import Contact, ContactThread, ContactTopic
from todoke.guidance.permissions import LOG_CONTACTS
from todoke.japanese.parsers import only_digits
from todoke.lists.cells import moment, tag
from todoke.lists.columns import Choice, Column
from todoke.lists.row_list import RowList

DIGITS, LEAST_DIGITS = 8, 4


class ContactList(RowList[Contact]):
    """問合せの一覧: the contacts of the person's sections, the latest first."""

    name, title, url = "contacts", "問合せ", "office:contacts"
    key, start = "pk", "-at"
    views = {"all": "すべて", "back": "折り返し待ち"}
    search_label = f"用件の番号(はじめの{LEAST_DIGITS}桁から)・種類"
    columns = (
        Column("number", "用件の番号", lambda row: row.thread.number, css="nowrap"),
        Column("nth", "回", lambda row: row.nth, css="number"),
        Column("topic", "種類", lambda row: row.thread.topic.name),
        Column("at", "日時", lambda row: row.started_at, sort="started_at", cell=lambda row: moment(row.started_at),
               css="nowrap"),
        Column("channel", "経路", lambda row: row.get_channel_display()),
        Column("outcome", "結果", lambda row: row.get_outcome_display(),
               cell=lambda row: tag(row.get_outcome_display())),
        Column("note", "メモ", lambda row: row.note, css="words"),
    )  # fmt: skip

    def filters(self) -> tuple[Choice, ...]:
        topics = ContactTopic.objects.values_list("pk", "name")
        return (
            Choice("topic", "種類", topics, condition=lambda chosen: Q(topic=int(chosen))),
            Choice("outcome", "結果", Contact.Outcome.choices, field="outcome"),
        )

    def rows(self, view: str) -> QuerySet[Contact]:
        mine = Contact.objects.filter(department__in=LOG_CONTACTS.departments_of(self.user))
        shown = mine.select_related("thread__topic")
        return shown.filter(outcome=Contact.Outcome.CALL_BACK, called_back_at=None) if view == "back" else shown

    def search(self, rows: "QuerySet[Any, Contact]", words: str) -> "QuerySet[Any, Contact]":
        """Return the contacts of the kinds that the words name, or of the matters whose number begins so.

        Kinds and matters are looked up first, so that the rows are found by an index.
        """
        named = Q(name__icontains=words) | Q(kana__icontains=words)
        topics = list(ContactTopic.objects.filter(named).values_list("pk", flat=True))
        threads = _threads(words)
        if topics and threads:
            return rows.filter(Q(topic__in=topics) | Q(thread__in=threads))
        return rows.filter(thread__in=threads) if threads else rows.filter(topic__in=topics)


def _threads(words: str) -> list[int]:
    """Return the matters whose number begins with the words; none where these are no digits, or too few."""
    digits = only_digits(words)
    if len(digits) != len(words) or not LEAST_DIGITS <= len(digits) <= DIGITS:
        return []
    span = (digits.ljust(DIGITS, "0"), digits.ljust(DIGITS, "9"))
    return list(ContactThread.objects.filter(number__range=span).values_list("pk", flat=True))
