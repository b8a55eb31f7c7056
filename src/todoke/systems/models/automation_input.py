"""Input schemas 入力の形: the columns that an automation expects, approved before it reads them."""

from collections.abc import Sequence

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.sequences import next_position
from todoke.audit.transitions import stamp_once
from todoke.runtime.refusals import Conflict, NotAllowed, Refused
from todoke.spreadsheets.column_difference import ShapeDifference, TableShape, compare_shapes, encoding_name
from todoke.systems.data_classes import DataClass
from todoke.systems.models.automation import Automation

TWO_PEOPLE = (DataClass.PERSONAL, DataClass.MY_NUMBER)


class InputSchema(models.Model):
    """入力の形: encoding, sheet and columns of a table; in force once approved, by two people for personal data."""

    automation = models.ForeignKey(Automation, models.PROTECT, related_name="schemas", verbose_name="自動化")
    number = models.PositiveIntegerField("版")
    encoding = models.CharField("文字コード", max_length=20, blank=True)
    sheet = models.CharField("シート", max_length=60, blank=True)
    seen_at = models.DateTimeField("見た日時", default=timezone.now)
    approved_at = models.DateTimeField("承認した日時", null=True, blank=True)
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承認した人"
    )
    confirmed_at = models.DateTimeField("もう一人が確かめた日時", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="もう一人の確かめた人"
    )

    class Meta:
        verbose_name = "入力の形"
        ordering = ["automation", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["automation", "number"], name="systems_one_schema_per_number"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("approved_by")), name="systems_schema_by_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.automation} 第{self.number}版"

    @classmethod
    @transaction.atomic
    def propose(cls, automation: Automation, shape: TableShape, *, by: Actor) -> "InputSchema":
        """Keep a shape that was seen, for the owner to approve (案); the same shape twice is one.

        Raises Refused for a table without columns.
        """
        if not any(shape.columns):
            raise Refused("列が1つもありません。見出しのある表を選んでください。")
        number = next_position(automation.schemas.all(), automation, "number")
        for waiting in automation.schemas.filter(approved_at=None):
            if waiting.shape == shape:
                return waiting
        made = cls.objects.create(automation=automation, number=number, encoding=shape.encoding, sheet=shape.sheet)
        InputColumn.objects.bulk_create(
            InputColumn(schema=made, position=at, name=name) for at, name in enumerate(shape.columns, 1)
        )
        record(automation, "入力の形の案", by=by, after={"版": made.number, "列数": len(shape.columns)})
        return made

    @property
    def shape(self) -> TableShape:
        """Return the shape as it is compared."""
        rows = list(self.columns.all())
        optional = frozenset(row.name for row in rows if not row.is_required)
        return TableShape(tuple(row.name for row in rows), self.encoding, self.sheet, optional)

    @property
    def encoding_name(self) -> str:
        """Return how its encoding is called; empty where it was not said."""
        return encoding_name(self.encoding)

    @property
    def needs_two(self) -> bool:
        """Whether a second person must confirm it (個人情報)."""
        return self.automation.data_class in TWO_PEOPLE

    def difference(self) -> ShapeDifference:
        """Return what is different from the shape in force; nothing where there is none."""
        now = self.automation.shape
        return compare_shapes(now.shape, self.shape) if now else ShapeDifference()

    @transaction.atomic
    def approve(self, *, by: User) -> None:
        """Approve the shape (承認); without personal data it is then in force. Raises NotAllowed, Conflict."""
        if not self.automation.answers_for(by):
            raise NotAllowed("入力の形を承認できるのは、担当の職位の職員だけです。")
        if not stamp_once(self, "approved_at", approved_by=by):
            raise Conflict("この形は、もう承認されています。")
        record(self.automation, "入力の形の承認", by=by, after={"版": self.number})
        if not self.needs_two:
            self._enforce()

    @transaction.atomic
    def confirm(self, *, by: User) -> None:
        """Confirm the shape as the second person; it is then in force. Raises NotAllowed, Conflict."""
        if by == self.approved_by or by not in self._colleagues():
            raise NotAllowed("承認した人とは別の、同じ部署の職員が確かめてください。")
        if not stamp_once(self, "confirmed_at", read={"approved_at__isnull": False}, confirmed_by=by):
            raise Conflict("この形は、まだ承認されていないか、もう確かめられています。")
        record(self.automation, "入力の形の確認", by=by, after={"版": self.number})
        self._enforce()

    def _colleagues(self) -> Sequence[User]:
        held = {"tenures__post__department": self.automation.department, "is_active": True}
        return list(User.objects.filter(**held).distinct())

    def _enforce(self) -> None:
        Automation.objects.filter(pk=self.automation.pk).update(shape=self)
        self.automation.shape = self


class InputColumn(models.Model):
    """入力の列: one column of a shape, by its name and place."""

    schema = models.ForeignKey(InputSchema, models.CASCADE, related_name="columns", verbose_name="入力の形")
    position = models.PositiveIntegerField("順")
    name = models.CharField("列の名前", max_length=200)
    is_required = models.BooleanField("必要", default=True)

    class Meta:
        verbose_name = "入力の列"
        ordering = ["schema", "position"]
        constraints = [models.UniqueConstraint(fields=["schema", "position"], name="systems_one_column_per_place")]

    def __str__(self) -> str:
        return self.name
