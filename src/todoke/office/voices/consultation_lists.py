"""Lists of consultations, of the arrivals of one, and of its texts to be masked 意見募集・受付・黒塗りの一覧."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self

from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse

from todoke.accounts.models import User
from todoke.lists.cells import link, moment, tag
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.row_list import RowList
from todoke.voices.arrival import Channel, Standing
from todoke.voices.models import CommentReceipt, Consultation, PublicComment

TONES = {Standing.TIMELY: "success", Standing.LATE: "warning", Standing.UNDECIDED: "error"}


class ConsultationList(RowList[Consultation]):
    """意見募集の一覧: those of the person's departments, the newest first."""

    name, title, url = "consultations", "意見募集", "office:consultations"
    key, tie, start, counted = "number", "number", "-opens", True
    search_fields, search_label = ("title", "number"), "案の名称・番号"
    columns = (
        Column("title", "案の名称", lambda r: r.title,
               cell=lambda r: link(reverse("office:consultation", args=[r.number]), r.title)),
        Column("number", "番号", lambda r: r.number, sort="number", css="nowrap"),
        Column("opens", "公示の日", lambda r: r.opens_on, sort="opens_on", css="nowrap"),
        Column("closes", "最終日", lambda r: r.closes_on, sort="closes_on", css="nowrap"),
        Column("status", "状態", lambda r: r.get_status_display(), cell=lambda r: tag(r.get_status_display())),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        return (Choice("status", "状態", Consultation.Status.choices, field="status"),)

    def rows(self, view: str) -> QuerySet[Consultation]:
        return Consultation.objects.visible_to(self.user)


class _OfConsultation(RowList[Any]):
    """A list of what belongs to one consultation."""

    key, tie = "pk", "pk"
    label: ClassVar[str] = ""

    def __init__(self, user: User, of: Consultation) -> None:
        super().__init__(user)
        self.of = of
        self.title = f"{of.title}の{self.label}"

    @classmethod
    def at(cls, user: User, place: Mapping[str, Any]) -> Self:
        of = Consultation.objects.visible_to(user).filter(number=place["number"]).first()
        if of is None:
            raise Http404
        return cls(user, of)

    def path(self) -> str:
        return reverse(self.url, args=[self.of.number])


def _receipt_page(row: CommentReceipt) -> object:
    address = reverse("office:consultation-receipt", args=[row.consultation.number, row.sequence])
    return link(address, f"{row.sequence:05d}")


class CommentReceiptList(_OfConsultation):
    """意見の受付の一覧: every arrival by whatever channel, what has to be decided first."""

    name, url, label = "comment-receipts", "office:consultation-receipts", "受付"
    start, exportable, person = "-standing", False, ("comment__sender",)
    filled = frozenset({"timeliness__standing", "timeliness__receipt"})
    search_fields, search_label = ("text",), "届いた文"
    columns = (
        Column("number", "受付番号", lambda r: r.number, sort="sequence", cell=_receipt_page, css="nowrap"),
        Column("standing", "期限", lambda r: r.timeliness.get_standing_display(),
               sort=("timeliness__standing", "timeliness__receipt"),
               cell=lambda r: tag(r.timeliness.get_standing_display(), TONES[r.timeliness.standing])),
        Column("channel", "方法", lambda r: r.get_channel_display(), sort="channel"),
        Column("arrived", "届いた日時", lambda r: r.arrived_at, sort="arrived_at", css="nowrap",
               cell=lambda r: moment(r.arrived_at)),
        Column("text", "文の始め", lambda r: r.text[:60], personal=True),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        return (
            Choice("standing", "期限", Standing.choices, field="timeliness__standing"),
            Choice("channel", "方法", Channel.choices, field="channel"),
        )

    def rows(self, view: str) -> QuerySet[CommentReceipt]:
        rows = CommentReceipt.objects.filter(consultation=self.of, timeliness__consultation=self.of)
        return rows.select_related("timeliness", "consultation")


def _comment_page(row: PublicComment) -> object:
    return link(reverse("office:consultation-comment", args=[row.consultation.number, row.pk]), row.text[:40])


def _reading(row: PublicComment) -> str:
    if row.checked_at:
        return "二人が読みました"
    return "二人目が読みます" if row.masked_at else "一人目が読みます"


class PublicCommentList(_OfConsultation):
    """提出意見の一覧: the texts that two people read before publication, the unread ones first."""

    name, url, label = "public-comments", "office:consultation-comments", "黒塗り"
    start, exportable, person = "read", False, ("sender",)
    search_fields, search_label = ("text",), "文"
    columns = (
        Column("text", "文の始め", lambda r: r.text[:40], cell=_comment_page, personal=True),
        Column("read", "読んだ人", _reading, sort=("checked_at", "masked_at"), cell=lambda r: tag(_reading(r))),
        Column("masker", "一人目", lambda r: r.masked_by.name if r.masked_by else "", sort="masked_by__name"),
        Column("checker", "二人目", lambda r: r.checked_by.name if r.checked_by else "", sort="checked_by__name"),
    )

    def filters(self) -> Sequence[Filter]:
        states = (("first", "一人目が読みます"), ("second", "二人目が読みます"), ("done", "二人が読みました"))
        return (Choice("read", "読んだ人", states, condition=_of_state),)

    def rows(self, view: str) -> QuerySet[PublicComment]:
        return self.of.comments.select_related("consultation", "masked_by", "checked_by")


def _of_state(state: str) -> Q:
    from_state = {
        "first": Q(masked_at=None), "second": Q(masked_at__isnull=False, checked_at=None),
        "done": Q(checked_at__isnull=False),
    }  # fmt: skip
    return from_state[state]
