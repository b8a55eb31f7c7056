"""Facilities 施設: what can be taken: groups under one set of rules, resources, their parts, what is lent."""

import secrets
from datetime import date, time

from django.db import models, transaction
from django.db.models import F, Q

from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.bookings.hall_setup import FrameLine, HallDetails, is_closed, require_closed_days
from todoke.bookings.permissions import MANAGE_BOOKINGS, RUN_LOTTERIES, SUSPEND_REGISTRANTS, WRITE_USE_RULES
from todoke.bookings.slots import Span
from todoke.compiled_queries import CompiledQuery, Parameter
from todoke.organization.models import Department
from todoke.runtime.refusals import NotAllowed, Refused

NOT_YOURS = "施設を登録できるのは、手続設計担当と、その部署の人だけです。"


class FacilityGroupQuerySet(models.QuerySet["FacilityGroup"]):
    def visible_to(self, user: User) -> "FacilityGroupQuerySet":
        """Groups whose bookings the person receives today; an operator's staff see only their own halls."""
        return self.filter(department__in=[each.pk for each in MANAGE_BOOKINGS.departments_of(user)])

    def written_by(self, user: User) -> "FacilityGroupQuerySet":
        """Groups whose rules the person may write."""
        if WRITE_USE_RULES.held_by(user):
            return self
        return self.filter(department__in=[each.pk for each in WRITE_USE_RULES.departments_of(user)])


class FacilityGroup(models.Model):
    """施設群: facilities of one department, or of one operator (指定管理者), under one set of rules."""

    code = models.SlugField("施設群コード", max_length=40, unique=True)
    name = models.CharField("名称", max_length=100)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="担当部署")
    appeal = models.TextField("教示", blank=True, help_text="利用の不承認や制限の通知の終わりに載る、審査請求の案内")

    objects = FacilityGroupQuerySet.as_manager()

    class Meta:
        verbose_name = "施設群"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic
    def register(cls, department: Department, *, name: str, appeal: str = "", by: User) -> "FacilityGroup":
        """施設群の登録: facilities of a department under one set of rules. Raises NotAllowed, Refused."""
        if not WRITE_USE_RULES.held_by(by, department):
            raise NotAllowed(NOT_YOURS)
        if not name.strip():
            raise Refused("施設群の名称を書いてください。")
        made = cls.objects.create(
            code=f"g{secrets.token_hex(5)}", name=name.strip(), department=department, appeal=appeal.strip()
        )
        record(made, "施設群の登録", by=by, after={"名称": made.name, "部署": department.pk}, first=True)
        return made

    def can_manage(self, user: User) -> bool:
        """Clerks and chief of the department, and the director above it."""
        return MANAGE_BOOKINGS.held_by(user, self.department)

    def can_suspend(self, user: User) -> bool:
        """The chief of the department and the director above it."""
        return SUSPEND_REGISTRANTS.held_by(user, self.department)

    def can_write_rules(self, user: User) -> bool:
        """Designers, and clerks and chief of the department."""
        return WRITE_USE_RULES.held_by(user, self.department)

    def can_run_lotteries(self, user: User) -> bool:
        """Clerks and chief of the department, and the director above it."""
        return RUN_LOTTERIES.held_by(user, self.department)


class Resource(models.Model):
    """予約対象: a room, court, desk or person whose time can be taken; its grid begins with its opening."""

    class Kind(models.TextChoices):
        ROOM = "room", "部屋"
        COURT = "court", "コート"
        DESK = "desk", "窓口"
        PERSON = "person", "担当者"
        INTERPRETER = "interpreter", "通訳"
        VIDEO = "video", "オンライン"

    code = models.SlugField("予約対象コード", max_length=40, unique=True)
    name = models.CharField("名称", max_length=100)
    kind = models.CharField("種類", max_length=12, choices=Kind)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="担当部署")
    group = models.ForeignKey(
        FacilityGroup, models.PROTECT, null=True, blank=True, related_name="resources", verbose_name="施設群"
    )
    address = models.CharField("所在地", max_length=200, blank=True)
    skill = models.CharField("できること", max_length=30, blank=True, help_text="通訳の言語: 手話、ベトナム語")
    grid_minutes = models.PositiveSmallIntegerField("刻み(分)", default=30)
    before_minutes = models.PositiveSmallIntegerField("前の準備(分)", default=0)
    after_minutes = models.PositiveSmallIntegerField("後の片付け(分)", default=0)
    ended_on = models.DateField("貸出の終わり", null=True, blank=True)

    class Meta:
        verbose_name = "予約対象"
        ordering = ["code"]
        constraints = [models.CheckConstraint(condition=Q(grid_minutes__gt=0), name="bookings_a_grid_has_minutes")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic
    def register(cls, group: FacilityGroup, details: HallDetails, *, by: User) -> "Resource":
        """施設の登録: a hall with its parts, each lent alone, and all of them as one; one audit entry.

        Raises NotAllowed, Refused without a name or with two parts of one name.
        """
        if not group.can_write_rules(by):
            raise NotAllowed(NOT_YOURS)
        if not details.name.strip() or len(set(details.parts)) < len(details.parts):
            raise Refused("施設の名称を書き、区画には別々の名を付けてください。")
        made = cls.objects.create(
            code=f"h{secrets.token_hex(5)}", name=details.name.strip(), kind=details.kind, group=group,
            department=group.department, address=details.address.strip(),
        )  # fmt: skip
        names = details.parts if len(details.parts) > 1 else ("全体",)
        parts = [made.parts.create(code=f"{n}", name=name) for n, name in enumerate(names, start=1)]
        if len(parts) > 1:
            for part in parts:
                BookableUnit.lend(made, [part], part.name, details.part_capacity, details)
        BookableUnit.lend(made, parts, "全面" if len(parts) > 1 else "全体", details.capacity, details)
        record(made, "施設の登録", by=by, after={"名称": made.name, "区画": len(parts)}, first=True)
        return made

    def occupied(self, span: Span) -> Span:
        """Return the span that a use takes, with preparation and tidying."""
        return span.widened(self.before_minutes, self.after_minutes)


class ResourcePart(models.Model):
    """区画: the smallest thing that can be taken: one half of a hall, one window of a counter."""

    resource = models.ForeignKey(Resource, models.PROTECT, related_name="parts", verbose_name="予約対象")
    code = models.SlugField("区画コード", max_length=20)
    name = models.CharField("名称", max_length=50)

    class Meta:
        verbose_name = "区画"
        ordering = ["resource", "code"]
        constraints = [models.UniqueConstraint(fields=["resource", "code"], name="bookings_one_part_per_code")]

    def __str__(self) -> str:
        return f"{self.resource} {self.name}"


class BookableUnitQuerySet(models.QuerySet["BookableUnit"]):
    def offered(self, on: date) -> "BookableUnitQuerySet":
        """Units that are lent on a day."""
        return self.filter(Q(resource__ended_on=None) | Q(resource__ended_on__gte=on), resource__group__isnull=False)

    def fitting(self, *, people: int = 0, step_free: bool = False, purpose: str = "") -> "BookableUnitQuerySet":
        """Units that hold so many people, without steps if asked, for a purpose."""
        found = self.filter(capacity__gte=people)
        found = found.filter(step_free=True) if step_free else found
        return found.filter(Q(purposes="") | Q(purposes__contains=purpose)) if purpose else found


class BookableUnit(models.Model):
    """貸出単位: what is lent as one: a half, or the whole hall as both halves."""

    resource = models.ForeignKey(Resource, models.PROTECT, related_name="units", verbose_name="予約対象")
    code = models.SlugField("貸出単位コード", max_length=40, unique=True)
    name = models.CharField("名称", max_length=50)
    parts = models.ManyToManyField(ResourcePart, related_name="units", verbose_name="区画")
    rule_kind = models.CharField("規則の区分", max_length=40, blank=True, help_text="利用規則が分ける名: ホール")
    capacity = models.PositiveIntegerField("定員")
    step_free = models.BooleanField("段差なし", default=False)
    purposes = models.CharField("使いみち", max_length=200, blank=True, help_text="空欄ならどの使いみちにも")

    objects = BookableUnitQuerySet.as_manager()

    class Meta:
        verbose_name = "貸出単位"
        ordering = ["resource", "code"]

    def __str__(self) -> str:
        return f"{self.resource} {self.name}"

    @property
    def described(self) -> str:
        """Everything by which somebody looks for it: names, address, what it is used for."""
        return f"{self.resource.name} {self.name} {self.resource.address} {self.purposes}"

    @classmethod
    def lend(
        cls, hall: Resource, parts: list[ResourcePart], name: str, capacity: int, details: HallDetails
    ) -> "BookableUnit":
        """Begin to lend some parts of a hall as one."""
        made = cls.objects.create(
            resource=hall, code=f"{hall.code}-{parts[0].code if len(parts) == 1 else 'all'}", name=name,
            capacity=capacity, step_free=details.step_free, rule_kind=details.rule_kind, purposes=details.purposes,
        )  # fmt: skip
        made.parts.set(parts)
        return made

    def whole_parts(self) -> list[ResourcePart]:
        """Return the parts that are taken together, each with its resource."""
        return _PARTS.all(unit=self.pk)


def _parts_query() -> models.QuerySet[ResourcePart]:
    of_unit = ResourcePart.objects.filter(units=Parameter("unit", models.BigIntegerField()))
    return of_unit.select_related("resource").order_by("pk")


_PARTS = CompiledQuery(_parts_query)


class Timetable(models.Model):
    """時間割: the frames in which a group's facilities are lent from a day on, until the next begins."""

    group = models.ForeignKey(FacilityGroup, models.PROTECT, related_name="timetables", verbose_name="施設群")
    starts_on = models.DateField("適用を始める日")
    closed_days = models.CharField("休館日の定め", max_length=200, blank=True, default="", db_default="")

    class Meta:
        verbose_name = "時間割"
        ordering = ["group", "-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["group", "starts_on"], name="bookings_one_timetable_per_beginning")
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.starts_on}から"

    @classmethod
    @transaction.atomic
    def publish(
        cls, group: FacilityGroup, frames: list[FrameLine], *, starts_on: date, closed_days: str = "", by: User
    ) -> "Timetable":
        """時間割の公開: lend the halls of a group in these frames from a day on; one audit entry.

        Raises NotAllowed, UnreadableSetup for closed days that cannot be read, Refused for a beginning that is not
        later than the last.
        """
        if not group.can_write_rules(by):
            raise NotAllowed(NOT_YOURS)
        require_closed_days(closed_days)
        if group.timetables.filter(starts_on__gte=starts_on).exists():
            raise Refused("適用の始まりは、いまの時間割より後の日にしてください。")
        made = cls.objects.create(group=group, starts_on=starts_on, closed_days=closed_days.strip())
        Frame.objects.bulk_create(
            Frame(timetable=made, weekday=day, name=line.name, opens=line.opens, closes=line.closes)
            for line in frames for day in line.weekdays
        )  # fmt: skip
        facts = {"適用開始": starts_on, "区分": len(frames), "休館日": made.closed_days}
        record(made, "時間割の公開", by=by, after=facts, first=True)
        return made

    def lines(self) -> list[FrameLine]:
        """Return the frames as a person types them, weekdays of one time together."""
        found: dict[tuple[str, time, time], list[int]] = {}
        for each in sorted(self.frames.all(), key=lambda frame: (frame.opens, frame.weekday)):
            found.setdefault((each.name, each.opens, each.closes), []).append(each.weekday)
        return [FrameLine(*key, tuple(days)) for key, days in found.items()]

    def is_closed_on(self, day: date) -> bool:
        """Whether the halls are closed on a day by the rule of their closed days."""
        return is_closed(self.closed_days, day)

    def spans_on(self, day: date) -> "list[tuple[Frame, Span]]":
        """Return the frames of a day with their spans; none on a closed day and on a weekday without frames."""
        if self.is_closed_on(day):
            return []
        frames = (each for each in self.frames.all() if each.weekday == day.weekday())
        return [(each, Span.on(day, each.opens, each.closes)) for each in frames]


class Frame(models.Model):
    """区分: a time of a weekday that is lent as one: 午前 from 9 to 12."""

    timetable = models.ForeignKey(Timetable, models.PROTECT, related_name="frames", verbose_name="時間割")
    weekday = models.PositiveSmallIntegerField("曜日", help_text="月曜日が0、日曜日が6")
    name = models.CharField("区分の名", max_length=20)
    opens = models.TimeField("始まり")
    closes = models.TimeField("終わり")

    class Meta:
        verbose_name = "区分"
        ordering = ["timetable", "weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="bookings_a_frame_closes_after_it_opens"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="bookings_a_frame_is_of_a_weekday"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.opens:%H:%M}~{self.closes:%H:%M}"
