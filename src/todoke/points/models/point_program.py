"""Point programmes ポイント事業: what is granted to whom, on what ground, within which budget."""

from collections.abc import Iterable
from datetime import date

from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.transitions import compare_and_set, stamp_once
from todoke.organization.models import Department
from todoke.points.permissions import GRANT_POINTS
from todoke.points.point_keys import claim_code, claim_code_hash, earlier_person_hash, person_key
from todoke.runtime.refusals import Closed, Conflict, NotAllowed, NotYet, Refused

ROWS_AT_ONCE = 1000
SealedPerson = tuple[str, int | None, bool]
"""Person key, year of birth, and whether the points were received before there was a list."""


class AlreadyGranted(Conflict):
    """The person has the points of this programme already (付与済み)."""


class PointProgramQuerySet(models.QuerySet["PointProgram"]):
    def visible_to(self, user: User) -> "PointProgramQuerySet":
        """Programmes of the departments for which a person may grant; all where the post says so."""
        if GRANT_POINTS.held_by(user):
            return self
        return self.filter(department__in=GRANT_POINTS.departments_of(user))

    def published(self) -> "PointProgramQuerySet":
        return self.filter(published_at__isnull=False)


class PointProgram(models.Model):
    """ポイント事業: a programme that grants points once a person, one yen each, valid until a date."""

    code = models.SlugField("事業コード", max_length=16, unique=True)
    title = models.CharField("事業名", max_length=100)
    points = models.PositiveIntegerField("付与ポイント", help_text="1ポイントは1円")
    starts_on = models.DateField("付与の初日")
    ends_on = models.DateField("付与の末日")
    expires_on = models.DateField("有効期限")
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="担当部署"
    )
    basis = models.CharField("根拠", max_length=200, blank=True, db_default="", help_text="例: 令和8年度補正予算、要綱")
    budget_yen = models.PositiveBigIntegerField("予算", null=True, blank=True, help_text="円")
    committed_yen = models.PositiveBigIntegerField("付与した額", db_default=0, default=0, help_text="円")
    running_yen = models.PositiveBigIntegerField("事務の経費", null=True, blank=True, help_text="円。数値の公表に使う")
    card_daily_cap = models.PositiveIntegerField(
        "カードで一日に使える上限", null=True, blank=True, help_text="ポイント。空なら上限なし"
    )
    drafted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="案を書いた人")
    published_at = models.DateTimeField("公開日時", null=True, db_default=Now())
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="公開した人")
    closed_at = models.DateTimeField("終えた日時", null=True, blank=True)

    objects = PointProgramQuerySet.as_manager()

    class Meta:
        db_table = "payments_pointprogram"
        verbose_name = "ポイント事業"
        ordering = ["-starts_on", "code"]
        constraints = [
            models.CheckConstraint(condition=Q(points__gt=0), name="payments_program_gives_something"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on"), expires_on__gte=F("ends_on")),
                name="payments_program_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(budget_yen=None) | Q(committed_yen__lte=F("budget_yen")), name="points_within_budget"
            ),
            models.CheckConstraint(
                condition=Q(published_by=None) | ~Q(published_by=F("drafted_by")), name="points_published_by_another"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @transaction.atomic
    def draft(self, *, department: Department, by: User) -> None:
        """Store a new programme as a draft of a department (案の作成); nothing can be claimed yet."""
        self.department, self.drafted_by, self.published_at = department, by, None
        self.save(force_insert=True)
        log.record(self, "ポイント事業の案", by=by, after={"code": self.code, "points": self.points})

    @transaction.atomic
    def publish(self, *, by: Actor) -> None:
        """Open the programme for claims (公開).

        Raises NotAllowed for its author, Refused without basis or budget, Conflict when it is open.
        """
        if user_of(by) == self.drafted_by:
            raise NotAllowed("案を書いた人は公開できません。課長が公開してください。")
        if not self.basis.strip() or not self.budget_yen:
            raise Refused("根拠と予算がありません。案に書いてから公開してください。")
        if not stamp_once(self, "published_at", published_by=user_of(by)):
            raise Conflict("もう公開しています。")
        log.record(self, "ポイント事業の公開", by=by, after={"budget": self.budget_yen, "points": self.points})

    @transaction.atomic
    def exclude_categories(self, categories: Iterable[str], *, by: Actor) -> None:
        """Say in which kinds of shops the points cannot be used (対象外の業種), in place of what was said before.

        Raises Closed once the programme is open: whoever has points was told where they can be used.
        """
        held = {"published_at": None, "closed_at": None}
        if not compare_and_set(self, held, closed_at=None):  # takes the row, so that nobody publishes it meanwhile
            raise Closed("公開した後は、使えない業種を変えられません。")
        self.excluded.all().delete()
        rows = [ExcludedCategory(program=self, category=category) for category in sorted(set(categories))]
        ExcludedCategory.objects.bulk_create(rows)
        log.record(self, "対象外の業種", by=by, after={"業種": [row.category for row in rows]})

    def require_open(self, day: date) -> None:
        """Raises NotYet before publication, Closed once ended, Refused outside the days of granting."""
        if self.published_at is None:
            raise NotYet("この事業はまだ公開していません。課長が公開してから付与してください。")
        if self.closed_at is not None:
            raise Closed(gettext("この事業は終わっています。"))
        if not self.starts_on <= day <= self.ends_on:
            raise Refused(gettext("この事業の付与期間ではありません。"))

    def commit(self) -> bool:
        """Take the points of one person from the budget; False when it does not suffice for one more."""
        rest = {} if self.budget_yen is None else {"committed_yen__lte": self.budget_yen - self.points}
        return compare_and_set(self, rest, committed_yen=F("committed_yen") + self.points)

    def release(self) -> None:
        """Give the points of one person back to the budget."""
        compare_and_set(self, {"committed_yen__gte": self.points}, committed_yen=F("committed_yen") - self.points)

    @transaction.atomic
    def enrol(self, people: Iterable[tuple[str, int | None]], *, by: Actor) -> int:
        """Take numbers of people (宛名番号) with their years of birth into the list (対象者の取込み).

        Returns how many were new; a number that is known changes nothing. Raises Refused for what can be no number,
        Closed for a programme that ended; takes nothing then.
        """
        rows = self.sealed(people)
        added = self.take_in(rows)
        log.record(self, "対象者の取込み", by=by, after={"added": added, "of": len(rows)})
        return added

    def sealed(self, people: Iterable[tuple[str, int | None]]) -> list[SealedPerson]:
        """Return person key, year of birth, and whether the person received the points before there was a list.

        Raises Refused for what can be no number, Closed for a programme that ended.
        """
        if self.closed_at is not None:
            raise Closed(gettext("この事業は終わっています。"))
        earlier = set(self.grants.filter(eligible=None, cancelled_at=None).values_list("resident_hash", flat=True))
        return [
            (person_key(number), born, bool(earlier) and earlier_person_hash(number) in earlier)
            for number, born in people
        ]

    def take_in(self, rows: Iterable[SealedPerson]) -> int:
        """Take sealed people into the list; return how many were new."""
        before, now = self.eligible.count(), timezone.now()
        people = []
        for key, born, was_granted in rows:
            sealed = claim_code_hash(claim_code(self.code, key))
            person = self.eligible.model(program=self, person_key=key, claim_code_hash=sealed, birth_year=born)
            if was_granted:
                person.claimed_at, person.way = now, "counter"
            people.append(person)
        self.eligible.bulk_create(people, batch_size=ROWS_AT_ONCE, ignore_conflicts=True)
        return self.eligible.count() - before


class ExcludedCategory(models.Model):
    """対象外の業種: a kind of shop in which the points of a programme cannot be used."""

    program = models.ForeignKey(PointProgram, models.CASCADE, related_name="excluded", verbose_name="事業")
    category = models.CharField("業種", max_length=16)

    class Meta:
        verbose_name = "対象外の業種"
        ordering = ["category"]
        constraints = [models.UniqueConstraint(fields=["program", "category"], name="points_category_excluded_once")]

    def __str__(self) -> str:
        return f"{self.program} {self.category}"
