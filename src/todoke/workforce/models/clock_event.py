"""Clock events 打刻: what the server's clock said when a person pressed, and decided corrections beside it."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.models import User
from todoke.audit.immutable import ImmutableModel
from todoke.audit.log import record
from todoke.japanese.calendar import business_date
from todoke.runtime.refusals import Conflict, Refused
from todoke.workforce.clock_intervals import ClockKind
from todoke.workforce.models.month_sheet import MonthSheet

LONGEST_SHIFT = timedelta(hours=24)
MINUTE = timedelta(minutes=1)


class ClockEventQuerySet(models.QuerySet["ClockEvent"]):
    def standing(self) -> "ClockEventQuerySet":
        """Events that no correction replaced and that are no strike-out."""
        return self.filter(replaced_by__isnull=True).exclude(kind=ClockEvent.Kind.VOID)

    def two_places(self) -> "ClockEventQuerySet":
        """Standing events of a person who stood elsewhere less than a minute away (同じ時刻に2か所)."""
        near = ClockEvent.objects.standing().filter(
            user=models.OuterRef("user"), at__gt=models.OuterRef("at") - MINUTE, at__lt=models.OuterRef("at") + MINUTE
        )
        return self.standing().filter(models.Exists(near.exclude(place=models.OuterRef("place"))))


class ClockEvent(ImmutableModel):
    """打刻: a person came, went, or took a break; never changed, only followed by what a decided correction says."""

    FROZEN, INSTEAD = "打刻", "訂正を申請してください。"

    class Kind(models.TextChoices):
        IN = ClockKind.IN.value, ClockKind.IN.label
        OUT = ClockKind.OUT.value, ClockKind.OUT.label
        BREAK = ClockKind.BREAK.value, ClockKind.BREAK.label
        RETURN = ClockKind.RETURN.value, ClockKind.RETURN.label
        VOID = "void", "取消し"

    class Place(models.TextChoices):
        OFFICE = "office", "庁舎"
        TELEWORK = "telework", "テレワーク"
        TRIP = "trip", "出張"

    class Source(models.TextChoices):
        PAGE = "page", "画面"
        READER = "reader", "カード読取り機"
        CORRECTION = "correction", "訂正"

    user = models.ForeignKey(User, models.PROTECT, related_name="clock_events", verbose_name="職員")
    on = models.DateField("勤務日")
    month = models.DateField("月の初日")
    at = models.DateTimeField("時刻")
    kind = models.CharField("種類", max_length=8, choices=Kind)
    place = models.CharField("場所", max_length=10, choices=Place, default=Place.OFFICE)
    source = models.CharField("出どころ", max_length=10, choices=Source)
    key = models.CharField("送信の鍵", max_length=64, unique=True)
    recorded_at = models.DateTimeField("記録した日時", default=timezone.now)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by", verbose_name="置き換える打刻"
    )

    objects = ClockEventQuerySet.as_manager()

    class Meta:
        verbose_name = "打刻"
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["user", "month"], name="workforce_clock_of_month")]
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="workforce_clock_month_is_a_first"),
            models.CheckConstraint(
                condition=~Q(kind="void") | Q(replaces__isnull=False), name="workforce_a_strike_out_strikes_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()}"

    @classmethod
    @transaction.atomic
    def clock(cls, kind: str, place: str, *, key: str, by: User) -> "ClockEvent":
        """打刻する: note that the person came or went now, by the server's clock; a known key does nothing more.

        Raises Refused for a kind that cannot be pressed, Closed for a closed month, Conflict for somebody else's key.
        """
        if kind not in ClockKind.values or not key:
            raise Refused("打刻の種類を選んでください。")
        if (known := cls.objects.filter(key=key).first()) is not None:
            return _own(known, by)
        now = timezone.now()
        try:
            with transaction.atomic():
                made = cls.note(by, kind, now, place=place, source=cls.Source.PAGE, key=key)
        except IntegrityError:
            return _own(cls.objects.get(key=key), by)
        record(
            made, "打刻", by=by, after={"種類": made.get_kind_display(), "場所": made.get_place_display()}, first=True
        )
        return made

    @classmethod
    def note(
        cls, user: User, kind: str, at: datetime, *, source: str, key: str, place: str = "office",
        on: date | None = None, replaces: "ClockEvent | None" = None,
    ) -> "ClockEvent":  # fmt: skip
        """Write one event into its month, on the work day that it belongs to. Raises Closed for a closed month."""
        day = on or work_day_of(user, kind, at)
        MonthSheet.write(user, day)
        return cls.objects.create(
            user=user, on=day, month=day.replace(day=1), at=at, kind=kind, place=place, source=source, key=key,
            replaces=replaces,
        )  # fmt: skip


def _own(known: ClockEvent, by: User) -> ClockEvent:
    """Return an event of the person. Raises Conflict for somebody else's."""
    if known.user_id != by.pk:
        raise Conflict("この打刻は、ほかの人のものです。画面を開き直してから、もう一度押してください。")
    return known


def work_day_of(user: User, kind: str, at: datetime) -> date:
    """Return the day on which an event is shown: that of the last coming that nobody ended, if it is no day ago."""
    if kind != ClockKind.IN:
        before = ClockEvent.objects.standing().filter(user=user, at__lte=at, at__gt=at - LONGEST_SHIFT)
        ends = [ClockKind.IN, ClockKind.OUT]
        last = before.filter(kind__in=ends).order_by("-at", "-pk").first()
        if last is not None and last.kind == ClockKind.IN:
            return last.on
    return business_date(at)
