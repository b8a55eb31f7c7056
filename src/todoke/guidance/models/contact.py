"""Contacts 問合せ: who was called how often about one matter; no names, no numbers, figures never per person."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import get_random_string

from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import compare_and_set, stamp_once
from todoke.guidance.models.inquiry import Inquiry
from todoke.guidance.permissions import LOG_CONTACTS, WRITE_FAQS
from todoke.japanese.personal_data import masked
from todoke.organization.models import Department
from todoke.procedures.models import Procedure
from todoke.runtime.refusals import Conflict, NotAllowed, Refused

SILENCE = timedelta(days=14)
"""How long nobody may ask again before a first answer counts as the last."""
NOTE_KEPT = timedelta(days=90)
_DIGITS = "0123456789"
_COUNTED = [
    "month", "topic", "silent_from", "second_at", "first_outcome", "first_time", "contacts", "handed"
]  # fmt: skip
"""What the figures count: all of it stands in the index, so that no row is read for them."""
_JAPAN = ZoneInfo("Asia/Tokyo")


class ContactTopic(models.Model):
    """問合せの種類: what people ask about, of one section, found by its reading."""

    name = models.CharField("名称", max_length=60, unique=True)
    kana = models.CharField("読み", max_length=120)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="担当部署")
    procedure = models.ForeignKey(
        Procedure, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="手続"
    )
    position = models.PositiveIntegerField("並び順", default=0)

    class Meta:
        verbose_name = "問合せの種類"
        ordering = ["position", "kana", "name"]

    def __str__(self) -> str:
        return self.name

    @transaction.atomic
    def add(self, *, by: User) -> None:
        """登録: a new kind of contact. Raises NotAllowed."""
        if not WRITE_FAQS.held_by(by, self.department):
            raise NotAllowed("問合せの種類を加えられるのは、担当部署の人と、手続設計担当・DX推進本部事務局です。")
        self.save()
        record(self, "問合せの種類を登録", by=by, after={"名称": self.name, "担当部署": self.department.name})


@dataclass(frozen=True)
class Noted:
    """What a clerk enters of a contact (記録する内容)."""

    topic: ContactTopic
    channel: str
    outcome: str
    first_time: str = "unknown"
    handed_to: Department | None = None
    minutes: int | None = None
    note: str = ""
    at: datetime | None = None


class ContactThread(models.Model):
    """用件: one matter of one person with all contacts about it; its number is quoted, nobody's name is kept."""

    number = models.CharField("用件の番号", max_length=8, unique=True)
    topic = models.ForeignKey(ContactTopic, models.PROTECT, related_name="threads", verbose_name="問合せの種類")
    opened_at = models.DateTimeField("最初の問合せの日時")
    month = models.DateField("最初の問合せの月")
    silent_from = models.DateTimeField("14日が終わる日時")
    first_outcome = models.CharField("最初の結果", max_length=10)
    first_time = models.CharField("初めてか", max_length=8)
    second_at = models.DateTimeField("次の問合せの日時", null=True)
    contacts = models.PositiveIntegerField("問合せの回数", default=1)
    handed = models.BooleanField("取次があった", default=False)

    class Meta:
        verbose_name = "用件"
        ordering = ["-opened_at", "-pk"]
        indexes = [models.Index(fields=_COUNTED, name="guidance_thread_figures")]
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="guidance_thread_month_is_a_month"),
            models.CheckConstraint(
                condition=Q(contacts=1, second_at__isnull=True) | Q(contacts__gt=1, second_at__isnull=False),
                name="guidance_second_contact_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Contact(models.Model):
    """問合せ: one call, visit or letter about a matter, by what it came to; the note is erased after 90 days."""

    class Channel(models.TextChoices):
        PHONE = "phone", "電話"
        COUNTER = "counter", "窓口"
        MAIL = "mail", "メール"
        FAX = "fax", "ファクス"
        FORM = "form", "問合せフォーム"
        LINE = "line", "LINE"
        LETTER = "letter", "手紙"

    class Outcome(models.TextChoices):
        RESOLVED = "resolved", "解決"
        HANDED = "handed", "取次"
        CALL_BACK = "call_back", "折り返し"
        INVITED = "invited", "来庁案内"
        UNRESOLVED = "unresolved", "未解決"

    class FirstTime(models.TextChoices):
        YES = "yes", "初めて"
        NO = "no", "前にも問い合わせた"
        UNKNOWN = "unknown", "聞いていない"

    thread = models.ForeignKey(ContactThread, models.CASCADE, related_name="all_contacts", verbose_name="用件")
    topic = models.ForeignKey(
        ContactTopic, models.PROTECT, null=True, editable=False, db_index=False, related_name="+",
        verbose_name="用件の種類", help_text="用件から写した値。部署と種類で探す索引のため",
    )  # fmt: skip
    nth = models.PositiveIntegerField("何回目")
    channel = models.CharField("経路", max_length=8, choices=Channel.choices)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="受けた部署")
    started_at = models.DateTimeField("日時")
    minutes = models.PositiveSmallIntegerField("かかった分", null=True)
    outcome = models.CharField("結果", max_length=10, choices=Outcome.choices)
    handed_to = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="取次先"
    )
    called_back_at = models.DateTimeField("折り返した日時", null=True)
    inquiry = models.ForeignKey(Inquiry, models.SET_NULL, null=True, related_name="+", verbose_name="質問")
    note = models.CharField("メモ", max_length=200, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="記録した人")

    class Meta:
        verbose_name = "問合せ"
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["thread", "nth"], name="guidance_one_contact_per_place"),
            models.CheckConstraint(
                condition=Q(outcome="handed", handed_to__isnull=False)
                | (~Q(outcome="handed") & Q(handed_to__isnull=True)),
                name="guidance_handed_contact_has_its_section",
            ),
        ]
        indexes = [
            models.Index(fields=["department", "started_at", "id"], name="guidance_of_section"),
            models.Index(fields=["department", "topic", "started_at", "id"], name="guidance_by_topic"),
        ]

    def __str__(self) -> str:
        return f"{self.thread_id}-{self.nth}"

    @classmethod
    @transaction.atomic
    def log(cls, noted: Noted, *, by: User, thread: ContactThread | None = None) -> "Contact":
        """問合せの記録: open a matter, or continue one. Raises NotAllowed, Refused for a section that is missing."""
        sections = LOG_CONTACTS.departments_of(by)
        if not sections:
            raise NotAllowed("問合せを記録できるのは、部署に籍のある職員だけです。")
        if (noted.outcome == cls.Outcome.HANDED) != (noted.handed_to is not None):
            raise Refused("取次のときだけ、取次先の部署を選んでください。")
        at = noted.at or timezone.now()
        if thread is None:
            thread = _opened(noted, at)
        else:
            _continue(thread, noted, at)
        contact = cls.objects.create(
            thread=thread, topic_id=thread.topic_id, nth=thread.contacts, channel=noted.channel,
            department=sections[0], started_at=at, minutes=noted.minutes, outcome=noted.outcome,
            handed_to=noted.handed_to, note=masked(noted.note)[:200], recorded_by=by,
        )  # fmt: skip
        record(thread, "問合せの記録", by=by, after={"回": contact.nth, "結果": contact.get_outcome_display()})
        return contact

    @transaction.atomic
    def call_back(self, *, by: User) -> None:
        """折り返し済み: it leaves the list of the section. Raises NotAllowed, Conflict."""
        if not LOG_CONTACTS.held_by(by, self.department):
            raise NotAllowed("折り返しを記録できるのは、受けた部署の職員です。")
        if self.outcome != self.Outcome.CALL_BACK or not stamp_once(self, "called_back_at"):
            raise Conflict("この折り返しは、すでに記録されています。")
        record(self.thread, "折り返しの記録", by=by)


def month_of(at: datetime) -> date:
    """Return the first day of the month in Japan in which a moment lies."""
    return at.astimezone(_JAPAN).date().replace(day=1)


def _opened(noted: Noted, at: datetime) -> ContactThread:
    return ContactThread.objects.create(
        number=get_random_string(8, _DIGITS), topic=noted.topic, opened_at=at, month=month_of(at),
        silent_from=at + SILENCE, first_outcome=noted.outcome, first_time=noted.first_time,
        handed=noted.outcome == Contact.Outcome.HANDED,
    )  # fmt: skip


def _continue(thread: ContactThread, noted: Noted, at: datetime) -> None:
    """Count one more contact. Raises Refused for one before the first, Conflict when another came first."""
    if at < thread.opened_at:
        raise Refused("この用件の最初の問合せより前の日時は記録できません。")
    changes = {"contacts": F("contacts") + 1, "second_at": min(thread.second_at or at, at)}
    handed = thread.handed or noted.outcome == Contact.Outcome.HANDED
    if not compare_and_set(thread, {"contacts": thread.contacts}, handed=handed, **changes):
        raise Conflict("この用件に、いまほかの人が記録しました。もう一度押してください。")
    thread.contacts += 1
