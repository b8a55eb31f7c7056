"""Challenges お題: a question to residents with a date by which the office answers, and what came of it by age."""

import secrets
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.crypto import salted_hmac

from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import stamp_once
from todoke.disclosure_control.band_merges import merged
from todoke.disclosure_control.small_cells import LEAST, NotPublishable, suppress_row
from todoke.japanese.calendar import today
from todoke.organization.models import Department
from todoke.runtime.refusals import Conflict, NotAllowed, NotYet, Refused
from todoke.voices.permissions import MODERATE_IDEA

BANDS = ("19歳以下", "20代", "30代", "40代", "50代", "60代", "70代", "80歳以上")


def new_salt() -> str:
    """Return the random salt of a challenge, by which the keys of its people differ from those of any other."""
    return secrets.token_hex(16)


class ChallengeQuerySet(models.QuerySet["Challenge"]):
    def visible_to(self, user: User) -> "ChallengeQuerySet":
        """Those of the departments whose ideas a person moderates."""
        return self.filter(department__in=MODERATE_IDEA.departments_of(user))

    def public(self) -> "ChallengeQuerySet":
        """Those that have begun."""
        return self.filter(opens_on__lte=today())

    def overdue(self) -> "ChallengeQuerySet":
        """Those not closed after the day by which the office wanted to answer (約束の日を過ぎたお題)."""
        return self.filter(closed_at=None, answer_by__lt=today())


class Challenge(models.Model):
    """お題: a question to residents, what can be decided about it, and the day by which the office answers."""

    question = models.CharField("問い", max_length=150)
    background = models.TextField("背景", max_length=4000)
    can_decide = models.TextField("決められること", max_length=2000)
    department = models.ForeignKey(Department, models.PROTECT, related_name="challenges", verbose_name="担当部署")
    opens_on = models.DateField("始まり")
    closes_on = models.DateField("終わり")
    answer_by = models.DateField("回答する日")
    salt = models.CharField("鍵のもと", max_length=32, default=new_salt, editable=False, blank=True)
    closed_at = models.DateTimeField("締めた日時", null=True, editable=False)
    published_ages = models.JSONField("公表した年代別の人数", null=True, editable=False)

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        verbose_name = "お題"
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="voices_a_challenge_ends_after_it_begins",
                violation_error_message="終わりは、始まりより後の日にしてください。",
            ),
            models.CheckConstraint(
                condition=Q(answer_by__gt=F("closes_on")), name="voices_a_challenge_is_answered_after_its_end",
                violation_error_message="回答する日は、終わりより後の日にしてください。",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(salt=""), name="voices_a_closed_challenge_has_no_keys"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.question

    @classmethod
    @transaction.atomic
    def begin(cls, *, by: User, department: Department, **facts: Any) -> "Challenge":
        """お題を出す. Raises NotAllowed."""
        made = cls(department=department, **facts)
        made.require_moderator(by)
        made.save()
        record(made, "お題の公開", by=by, after={"問い": made.question}, first=True)
        return made

    def require_moderator(self, by: User) -> None:
        """Raises NotAllowed unless a person moderates for the department."""
        if not MODERATE_IDEA.held_by(by, self.department):
            raise NotAllowed("このお題を扱えるのは、担当部署の職員だけです。")

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and self.opens_on <= today() <= self.closes_on

    def key_of(self, secret: str, purpose: str = "idea") -> str:
        """Return the key by which a person is counted and limited in this challenge; it identifies nobody elsewhere."""
        return salted_hmac(f"todoke.voices.{purpose}.{self.salt}", secret, algorithm="sha256").hexdigest()[:32]

    def people_by_age(self) -> list[int]:
        """Return how many people gave each age band; the last number is of those who gave none."""
        found = dict(self.respondents.order_by().values_list("age").annotate(models.Count("pk")))
        return [found.get(band, 0) for band in (*BANDS, "")]

    def age_table(self, joins: list[int]) -> list[dict[str, Any]]:
        """Return the bands, joined as asked, with what must be hidden of them. Raises NotPublishable."""
        names, counts = merged([*BANDS, "答えない"], self.people_by_age(), joins)
        if not sum(counts):
            return []
        found = suppress_row(counts)
        if not found.publishable:
            raise NotPublishable(f"合わせて{LEAST}人に満たないので、年代別の人数は公表できません。")
        hidden = {column for _, column in found.hidden}
        return [
            {"band": name, "people": None if at in hidden else count}
            for at, (name, count) in enumerate(zip(names, counts, strict=True))
        ]

    def age_preview(self, joins: list[int]) -> tuple[list[dict[str, Any]], str]:
        """Return the table of ages as it would be published, or in words why it cannot be."""
        try:
            return self.age_table(joins), ""
        except NotPublishable as found:
            return [], str(found)

    @transaction.atomic
    def close(self, *, joins: list[int], by: User, publish_ages: bool = True) -> None:
        """お題を締める: publish the age bands once, and forget who was who.

        Raises NotAllowed, NotYet, Refused, Conflict.
        """
        self.require_moderator(by)
        if today() <= self.closes_on:
            raise NotYet("まだ募集しています。終わりの日を過ぎてから締めてください。")
        waiting = self.ideas.unanswered().count()
        if waiting:
            raise NotYet(f"回答していない投稿が{waiting}件あります。回答してから締めてください。")
        table, why_not = self.age_preview(joins) if publish_ages else ([], "")
        if why_not:
            raise Refused(f"{why_not}年代を公表しないで締めることもできます。")
        if not stamp_once(self, "closed_at", salt="", published_ages=table):
            raise Conflict("このお題は、もう締めてあります。")
        self.ideas.update(person_key="")
        self.respondents.update(person_key=None)
        for each in self.ideas.all():
            each.reactions.all().update(person_key=None)
        record(self, "お題の締め", by=by, after={"年代別の公表": table})


class Respondent(models.Model):
    """回答者の属性: what a person told of themselves, of their own will; nothing leads from it to an idea."""

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="respondents", verbose_name="お題")
    age = models.CharField("年代", max_length=10, blank=True)
    area = models.CharField("地域", max_length=50, blank=True)
    person_key = models.CharField("人の鍵", max_length=32, null=True, editable=False)

    class Meta:
        verbose_name = "回答者の属性"
        ordering = ["challenge", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["challenge", "person_key"], name="voices_one_respondent_per_person")
        ]

    def __str__(self) -> str:
        return self.age or "答えない"

    @classmethod
    def note(cls, challenge: Challenge, secret: str, *, age: str, area: str = "") -> None:
        """Count a person once in a challenge, under a key of its own; the last answer counts."""
        key = challenge.key_of(secret, "respondent")
        cls.objects.update_or_create(challenge=challenge, person_key=key, defaults={"age": age, "area": area})
