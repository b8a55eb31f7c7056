"""Lists of the words by which residents find a procedure さがす言葉: what each page shows and exports."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from todoke.guidance.models import PlainName, Referral, Synonym
from todoke.lists.cells import link, tag
from todoke.lists.columns import Choice, Column
from todoke.lists.row_list import RowList


def _entry(kind: str, row: Any, words: str) -> object:
    return link(reverse("studio:word", args=[kind, row.pk]), words)


class SynonymList(RowList[Synonym]):
    """言い換えの一覧: what residents say, and the office's words for it."""

    name, title, url = "synonyms", "言い換え", "studio:synonyms"
    key, start, counted = "said", "said", True
    search_fields, search_label = ("said", "means"), "住民の言葉・手続の言葉"
    columns = (
        Column("said", "住民の言葉", lambda row: row.said, sort="said",
               cell=lambda row: _entry("synonyms", row, row.said)),
        Column("means", "手続の言葉", lambda row: row.means, css="words"),
    )  # fmt: skip

    def rows(self, view: str) -> QuerySet[Synonym]:
        return Synonym.objects.all()


class PlainNameList(RowList[PlainName]):
    """呼び名の一覧: what people call a procedure, in three languages."""

    name, title, url = "plain-names", "呼び名", "studio:plain-names"
    key, start, counted = "title", "title", True
    search_fields, search_label = ("title", "plain", "easy", "english"), "手続名・呼び名"
    columns = (
        Column("plain", "呼び名", lambda row: row.plain, sort="plain", css="words",
               cell=lambda row: _entry("plain-names", row, row.plain)),
        Column("title", "手続名", lambda row: row.title, sort="title", css="words"),
        Column("easy", "やさしい日本語", lambda row: row.easy, css="words"),
        Column("english", "英語", lambda row: row.english, css="words"),
    )  # fmt: skip

    def rows(self, view: str) -> QuerySet[PlainName]:
        return PlainName.objects.all()


class ReferralList(RowList[Referral]):
    """案内先の一覧: what is not in the inventory, and where to go with it."""

    name, title, url = "referrals", "案内先", "studio:referrals"
    key, start, counted = "title", "title", True
    search_fields, search_label = ("title", "said", "place", "note"), "用件・言葉・案内先"
    columns = (
        Column("title", "用件", lambda row: row.title, sort="title",
               cell=lambda row: _entry("referrals", row, row.title)),
        Column("ours", "だれの仕事", lambda row: "区" if row.ours else "ほかの役所", sort="ours",
               cell=lambda row: tag("区", "info") if row.ours else tag("ほかの役所")),
        Column("place", "案内先", lambda row: row.place, sort="place", css="words"),
        Column("phone", "電話番号", lambda row: row.phone, cell=lambda row: row.phone or "なし", css="nowrap"),
        Column("source", "根拠", lambda row: row.source, css="words"),
        Column("said", "住民の言葉", lambda row: row.said, shown=False, exported=True),
        Column("note", "説明", lambda row: row.note, shown=False, exported=True),
    )  # fmt: skip

    def filters(self) -> tuple[Choice, ...]:
        return (Choice("ours", "だれの仕事", [("True", "区"), ("False", "ほかの役所")], field="ours"),)

    def rows(self, view: str) -> QuerySet[Referral]:
        return Referral.objects.all()
