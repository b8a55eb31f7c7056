"""The inventory 手続一覧: one row per procedure, with the columns of the national survey and the municipality's own."""

from datetime import date
from typing import Any, NoReturn

from django.db import connection, models, transaction
from django.db.models import F, Q

from todoke.accounts.models import User
from todoke.organization.models import Department
from todoke.procedures.codes import AUTHORITIES, Duty, Fee, FeeRelief, Kind, OnlineFrom, OnlineStatus, Party, Shared
from todoke.procedures.models.code import Code
from todoke.procedures.models.imports import ImportRun
from todoke.procedures.models.text_index import FIELDS, index_texts, indexed_text
from todoke.procedures.permissions import EDIT_PROCEDURE
from todoke.runtime.database.literal_condition import literal_condition

_NUMBERING = "procedures.number"


def known_count() -> models.Func:
    """Return the national count for sorting, -1 if unknown; the literal matches the expression of the index."""
    return models.Func(F("total_count"), template="COALESCE(%(expressions)s, -1)", output_field=models.IntegerField())


def unsuitable_by_nature() -> Q:
    """Return the condition that a procedure does not suit online service by its nature (懸念点5)."""
    return Q(pk__in=CodedValue.objects.filter(code__table="concern", code__key="5").values("procedure"))


class ProcedureQuerySet(models.QuerySet["Procedure"]):
    def current(self) -> "ProcedureQuerySet":
        """現存する手続: procedures that are not abolished."""
        return self.filter(abolished_on__isnull=True)

    def existing_on(self, day: date) -> "ProcedureQuerySet":
        """Procedures that are not abolished on a day."""
        return self.filter(Q(abolished_on__isnull=True) | Q(abolished_on__gt=day))

    def filed_by_the_public(self) -> "ProcedureQuerySet":
        """区民と事業者が出す手続: procedures that no authority files with another."""
        return self.exclude(actor__in=AUTHORITIES)

    def online_possible(self) -> "ProcedureQuerySet":
        """オンライン化できる手続: procedures neither exempt by law nor unsuitable by nature."""
        return self.exclude(online_status=OnlineStatus.EXEMPT).exclude(unsuitable_by_nature())

    def with_text(self, field: str) -> "ProcedureQuerySet":
        """Procedures whose text is not empty, with a literal as in the index of such texts, where there is one."""
        return self.filter(literal_condition(field, "> ''"))


NAMES = frozenset({"id", "number", "serial", "title", "plain_name"})
"""The columns that a page of an application or of a case shows of its procedure."""


def all_but_names(path: str, *also: str) -> list[str]:
    """Return the columns of a procedure below ``path`` for ``defer``, without its names and those of ``also``."""
    fields = Procedure._meta.concrete_fields
    return [f"{path}__{field.name}" for field in fields if field.name not in NAMES.union(also)]


class Procedure(models.Model):
    """手続: a procedure of residents or businesses with the office; its number is public and never reused."""

    number = models.CharField("手続番号", max_length=12, unique=True, editable=False)
    serial = models.PositiveIntegerField("通し番号", unique=True, editable=False)
    version = models.PositiveIntegerField("更新回数", default=0, editable=False)
    national_id = models.CharField("手続ID", max_length=20, null=True, blank=True, unique=True)
    ministry = models.CharField("所管府省庁", max_length=60, blank=True)
    title = models.CharField("手続名", max_length=400)
    plain_name = models.CharField(
        "わかりやすい名前",
        max_length=60,
        blank=True,
        help_text="住民がふだん使う言い方。例: 学童保育の申込み。手続名の上に出ます。",
    )
    search_words = models.CharField(
        "さがす言葉",
        max_length=300,
        blank=True,
        help_text="住民がさがすときに使う言葉を空白で区切ります。例: 学童 学童保育 放課後",
    )
    law = models.CharField("法令名", max_length=300, blank=True)
    law_number = models.CharField("法令番号", max_length=150, blank=True)
    article = models.CharField("根拠条項号", max_length=150, blank=True)
    related_articles = models.TextField("関連条項号", blank=True)
    related_laws = models.TextField("関連する根拠法令", blank=True)
    kind = models.CharField("手続類型", max_length=3, choices=Kind, blank=True)
    actor = models.CharField("手続主体", max_length=3, choices=Party, blank=True)
    recipient = models.CharField("手続の受け手", max_length=3, choices=Party, blank=True)
    kind_note = models.TextField("手続(類型、主体、受け手等)に関する補足", blank=True)
    via = models.CharField("経由機関", max_length=3, choices=Party, blank=True)
    agency = models.TextField("独立行政法人等の名称", blank=True)
    duty = models.CharField("事務区分", max_length=1, choices=Duty, blank=True)
    shared = models.CharField("府省共通手続", max_length=4, choices=Shared, blank=True)
    implementer = models.CharField("実施府省庁", max_length=300, blank=True)
    shared_implementers = models.TextField("実施府省庁(府省共通手続)", blank=True)
    online_status = models.CharField("オンライン化の実施状況", max_length=1, choices=OnlineStatus, blank=True)
    online_note = models.TextField("オンライン化の実施状況に関する補足", blank=True)
    online_from = models.CharField("オンライン化実施時期", max_length=1, choices=OnlineFrom, blank=True)
    fee = models.CharField("手数料等の納付有無", max_length=1, choices=Fee, blank=True)
    fee_note = models.TextField("手数料等に関する補足", blank=True)
    fee_relief = models.CharField("手数料等のオンライン納付時の優遇措置", max_length=1, choices=FeeRelief, blank=True)
    time_online = models.CharField("処理期間(オンライン)", max_length=200, blank=True)
    time_offline = models.CharField("処理期間(非オンライン)", max_length=200, blank=True)
    application_system = models.CharField("情報システム(申請)", max_length=200, blank=True)
    application_systems = models.TextField("情報システム(申請)複数ある場合", blank=True)
    office_system = models.CharField("情報システム(事務処理)", max_length=200, blank=True)
    total_count = models.PositiveIntegerField("総手続件数", null=True, blank=True)
    online_count = models.PositiveIntegerField("オンライン手続件数", null=True, blank=True)
    offline_count = models.PositiveIntegerField("非オンライン手続件数", null=True, blank=True)
    attachment_note = models.TextField("添付書類等に関する補足", blank=True)
    profession_note = models.TextField("士業、機関に関する補足", blank=True)
    coded = models.ManyToManyField(Code, through="CodedValue", related_name="procedures", verbose_name="該当項目")

    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="procedures", verbose_name="所管部署"
    )
    online_since = models.DateField("区のオンライン受付開始日", null=True, blank=True)
    phone_checked_on = models.DateField("スマートフォンで使えると確かめた日", null=True, blank=True)
    deadline = models.CharField(
        "いつまでに(起算点)",
        max_length=200,
        blank=True,
        help_text="例: 引っ越した日から14日以内。なければ「いつでも」。",
    )
    municipal_note = models.TextField("区の補足", blank=True)
    abolished_on = models.DateField("廃止日", null=True, blank=True)
    created_at = models.DateTimeField("登録日時", auto_now_add=True)
    updated_at = models.DateTimeField("更新日時", auto_now=True)

    objects = ProcedureQuerySet.as_manager()

    class Meta:
        verbose_name = "手続"
        ordering = ["serial"]
        constraints = [
            models.CheckConstraint(
                condition=Q(online_count__isnull=True)
                | Q(total_count__isnull=True)
                | Q(online_count__lte=F("total_count")),
                name="procedures_online_within_total",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="procedures_title_is_written"),
        ]
        indexes = [
            models.Index(known_count().desc(), "serial", name="procedures_by_volume"),
            models.Index("title", "serial", name="procedures_by_title"),
            models.Index("updated_at", "serial", name="procedures_by_update"),
            models.Index(
                fields=["online_since"], condition=Q(online_since__isnull=False), name="procedures_online_elsewhere"
            ),
            models.Index(
                fields=[
                    "online_status",
                    "kind",
                    "actor",
                    "recipient",
                    "fee",
                    "department",
                    "abolished_on",
                    "online_since",
                ],
                name="procedures_facets",
            ),
            models.Index(
                fields=["department", "serial", "kind", "abolished_on", "fee", "online_since"],
                name="procedures_of_section",
            ),
            models.Index(fields=["id"], condition=Q(deadline__gt=""), name="procedures_with_deadline"),
            models.Index(fields=["id"], condition=Q(fee_note__gt=""), name="procedures_with_fee_note"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def can_edit(self, user: User) -> bool:
        """Headquarters and designers for every department, staff for their own."""
        return EDIT_PROCEDURE.held_by(user, self.department)

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row with its number and its entry in the full-text index."""
        if self._state.adding and not self.number:
            self.serial = next_serial()
            self.number = procedure_number(self.serial)
        super().save(*args, **kwargs)
        index_texts([(self.pk, indexed_text({name: getattr(self, name) for name in FIELDS}))])

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("手続は消せません。なくなった手続には廃止日を入れてください。")


class CodedValue(models.Model):
    """該当項目: one of several choices that the survey gives for a procedure, such as a document to attach."""

    procedure = models.ForeignKey(Procedure, models.CASCADE, related_name="coded_values", verbose_name="手続")
    code = models.ForeignKey(Code, models.PROTECT, related_name="coded_values", verbose_name="コード")

    class Meta:
        verbose_name = "該当項目"
        ordering = ["procedure", "code__position"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "code"], name="procedures_one_coded_value"),
        ]
        indexes = [models.Index(fields=["code", "procedure"], name="procedures_by_code")]

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.code_id}"


def procedure_number(serial: int) -> str:
    """Return the number of a serial: P-000123."""
    return f"P-{serial:06d}"


def next_serial() -> int:
    """Return the next serial that no procedure had, also none of an import that was undone.

    Call it in a transaction (PostgreSQL serializes callers by a lock).
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [_NUMBERING])
    last: int | None = Procedure.objects.aggregate(last=models.Max("serial"))["last"]
    gone: int | None = ImportRun.objects.aggregate(last=models.Max("last_serial"))["last"]
    return max(last or 0, gone or 0) + 1
