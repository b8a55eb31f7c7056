"""Seat pools 募集枠: the vacancies of a facility in a round, each confirmed by two equal reports."""

from collections.abc import Sequence

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.models import User
from todoke.admissions.models.scheme import Scheme
from todoke.admissions.models.selection_round import SelectionRound, require_runner
from todoke.audit.log import record
from todoke.runtime.refusals import NotAllowed, Refused


class ChildcareFacility(models.Model):
    """施設: a nursery or a club whose places are given by the scheme."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="facilities", verbose_name="利用調整の制度")
    code = models.CharField("施設番号", max_length=20)
    name = models.CharField("名称", max_length=100)
    address = models.CharField("所在地", max_length=150, blank=True)
    closed_on = models.DateField("利用調整をやめた日", null=True, blank=True)

    class Meta:
        verbose_name = "施設"
        ordering = ["scheme", "code"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code"], name="admissions_one_facility_per_code"),
            models.UniqueConstraint(fields=["scheme", "name"], name="admissions_one_facility_per_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic
    def register(cls, scheme: Scheme, *, code: str, name: str, by: User, address: str = "") -> "ChildcareFacility":
        """施設の登録: add a facility to a scheme; one audit entry. Raises NotAllowed, Refused for a known one."""
        require_runner(scheme, by)
        if cls.objects.filter(Q(code=code) | Q(name=name), scheme=scheme).exists():
            raise Refused("同じ番号か名称の施設が、すでにあります。")
        made = cls.objects.create(scheme=scheme, code=code, name=name, address=address)
        record(made, "施設の登録", by=by, after={"施設番号": code, "名称": name})
        return made


class SeatPool(models.Model):
    """募集枠: vacancies of a facility for one or several classes in a round."""

    round = models.ForeignKey(SelectionRound, models.PROTECT, related_name="pools", verbose_name="選考")
    facility = models.ForeignKey(ChildcareFacility, models.PROTECT, related_name="pools", verbose_name="施設")
    name = models.CharField("枠の名前", max_length=60)
    places = models.PositiveSmallIntegerField("定員", null=True, blank=True)
    staying = models.PositiveSmallIntegerField("引き続き通う児童", null=True, blank=True)
    last_year = models.PositiveSmallIntegerField("前年の募集", null=True, blank=True)
    reason = models.CharField("前年や定員と違う理由", max_length=300, blank=True)

    class Meta:
        verbose_name = "募集枠"
        ordering = ["round", "facility__code", "name"]
        constraints = [
            models.UniqueConstraint(fields=["round", "facility", "name"], name="admissions_one_pool_per_name"),
        ]

    def __str__(self) -> str:
        return f"{self.facility} {self.name}"

    @classmethod
    @transaction.atomic
    def open(
        cls, of: SelectionRound, facility: ChildcareFacility, classes: Sequence[int], *, by: User,
        places: int | None = None, staying: int | None = None, last_year: int | None = None,
    ) -> "SeatPool":  # fmt: skip
        """募集枠を設ける: create a pool for classes of a facility; one audit entry.

        Raises NotAllowed, Closed, Refused for a class that the scheme lacks or another pool has.
        """
        require_runner(of.scheme, by)
        of.touch()
        name = "・".join(of.scheme.class_name(number) for number in classes)
        if not classes or set(classes) - set(of.scheme.classes):
            raise Refused("この制度にあるクラスを、一つ以上選んでください。")
        if SeatPoolClass.objects.filter(round=of, facility=facility, number__in=classes).exists():
            raise Refused(f"{facility}の{name}には、すでに募集枠があります。一つのクラスが入る枠は一つだけです。")
        pool = cls.objects.create(
            round=of, facility=facility, name=name, places=places, staying=staying, last_year=last_year
        )
        SeatPoolClass.objects.bulk_create(
            SeatPoolClass(pool=pool, round=of, facility=facility, number=number) for number in classes
        )
        record(pool, "募集枠の作成", by=by, after={"枠": str(pool)})
        return pool

    def reports(self) -> "dict[str, SeatReport]":
        """Return the current report of each side."""
        return {report.side: report for report in self.seat_reports.all() if report.superseded_at is None}

    @property
    def seats(self) -> int | None:
        """The confirmed number of seats: that of two equal reports by two people; None without them."""
        return confirmed_seats(list(self.reports().values()))

    @transaction.atomic
    def report(self, seats: int, *, side: str, by: User, source: str) -> "SeatReport":
        """募集人数の報告: write the number that one side reports, in place of its earlier one; one audit entry.

        Raises NotAllowed, also where the same person wrote the other side's report; Closed; Refused without a source.
        """
        require_runner(self.round.scheme, by)
        self.round.touch()
        if not source.strip():
            raise Refused("何を見て書いたか(施設の報告書の日付など)を書いてください。")
        other = self.seat_reports.filter(superseded_at=None).exclude(side=side).first()
        if other is not None and other.reported_by_id == by.pk:
            raise NotAllowed("施設の報告と区の確認は、別の人が入れてください。二人で見て確かめます。")
        self.seat_reports.filter(side=side, superseded_at=None).update(superseded_at=timezone.now())
        made = SeatReport.objects.create(pool=self, side=side, seats=seats, reported_by=by, source=source)
        record(self, made.get_side_display(), by=by, after={"募集": seats, "資料": source})
        return made

    @transaction.atomic
    def explain(self, reason: str, *, by: User) -> None:
        """理由の記入: say why the number differs from last year's or from the places; one audit entry.

        Raises NotAllowed and Closed.
        """
        require_runner(self.round.scheme, by)
        self.round.touch()
        self.reason = reason
        self.save(update_fields=["reason"])
        record(self, "募集の理由", by=by, reason=reason)


class SeatPoolClass(models.Model):
    """募集枠のクラス: one class of a pool; a class of a facility lies in one pool of a round."""

    pool = models.ForeignKey(SeatPool, models.CASCADE, related_name="classes", verbose_name="募集枠")
    round = models.ForeignKey(SelectionRound, models.PROTECT, related_name="+", verbose_name="選考")
    facility = models.ForeignKey(ChildcareFacility, models.PROTECT, related_name="+", verbose_name="施設")
    number = models.PositiveSmallIntegerField("クラス")

    class Meta:
        verbose_name = "募集枠のクラス"
        ordering = ["pool", "number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "facility", "number"], name="admissions_a_class_lies_in_one_pool"),
        ]

    def __str__(self) -> str:
        return f"{self.pool} {self.number}"


class SeatReport(models.Model):
    """募集人数の報告: the number of seats as the facility, or as the office, reports it; kept when superseded."""

    class Side(models.TextChoices):
        FACILITY = "facility", "施設の報告"
        OFFICE = "office", "区の確認"

    pool = models.ForeignKey(SeatPool, models.PROTECT, related_name="seat_reports", verbose_name="募集枠")
    side = models.CharField("どちらの報告か", max_length=10, choices=Side)
    seats = models.PositiveSmallIntegerField("募集人数")
    source = models.CharField("見た資料", max_length=200)
    reported_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="入れた人")
    reported_at = models.DateTimeField("入れた日時", auto_now_add=True)
    superseded_at = models.DateTimeField("置き換えた日時", null=True)

    class Meta:
        verbose_name = "募集人数の報告"
        ordering = ["pool", "side", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pool", "side"], condition=Q(superseded_at=None), name="admissions_one_current_report_a_side"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pool} {self.get_side_display()} {self.seats}"


def confirmed_seats(reports: list[SeatReport]) -> int | None:
    """Return the number of two equal reports by two people; None otherwise."""
    if len(reports) != len(SeatReport.Side) or len({report.seats for report in reports}) != 1:
        return None
    return reports[0].seats if len({report.reported_by_id for report in reports}) > 1 else None
