"""Households 世帯: the applicant children of a round with their ranked wishes and the answers on siblings."""

from collections.abc import Sequence
from datetime import date

from django.db import models, transaction
from django.db.models import Q

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.admissions.models.seat_pool import ChildcareFacility
from todoke.admissions.models.selection_round import SelectionRound, require_runner
from todoke.audit.log import record
from todoke.audit.transitions import stamp_once
from todoke.cases.models import Case
from todoke.runtime.refusals import Closed, Conflict, NotAllowed, Refused

MOST_WISHES = 20


class Household(models.Model):
    """世帯: guardians who apply together for one or several children, with their answers on siblings."""

    class Same(models.TextChoices):
        RANK = "rank", "希望順位を優先する"
        PREFERRED = "preferred", "できれば同じ施設がよい"
        REQUIRED = "required", "同じ施設でなければ利用しない"

    class Partial(models.TextChoices):
        ANY = "any", "一人だけでも利用する"
        NONE = "none", "全員そろわなければ利用しない"
        NAMED = "named", "決めた児童だけなら利用する"

    round = models.ForeignKey(SelectionRound, models.PROTECT, related_name="households", verbose_name="選考")
    number = models.CharField("世帯番号", max_length=20)
    name = models.CharField("保護者の氏名", max_length=100)
    address = models.CharField("住所", max_length=200, blank=True)
    guardians = models.PositiveSmallIntegerField("保護者の数", default=2)
    applicant = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="申請者")
    same = models.CharField("きょうだいの施設", max_length=10, choices=Same, default=Same.RANK)
    partial = models.CharField("一人だけ決まったとき", max_length=10, choices=Partial, default=Partial.ANY)
    named = models.CharField("一人だけでもよい児童の申込番号", max_length=20, blank=True)

    class Meta:
        verbose_name = "世帯"
        ordering = ["round", "number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="admissions_one_household_per_number"),
            models.CheckConstraint(
                condition=Q(guardians__gte=1, guardians__lte=2), name="admissions_household_has_guardians"
            ),
            models.CheckConstraint(
                condition=(Q(partial="named") & ~Q(named="")) | (~Q(partial="named") & Q(named="")),
                name="admissions_named_child_is_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @classmethod
    @transaction.atomic
    def register(
        cls, of: SelectionRound, *, number: str, name: str, by: Actor, guardians: int = 2, address: str = "",
        applicant: User | None = None,
    ) -> "Household":  # fmt: skip
        """世帯の登録: add a household to a round; one audit entry. Raises NotAllowed, Closed, Conflict."""
        require_runner(of.scheme, by)
        of.touch()
        if cls.objects.filter(round=of, number=number).exists():
            raise Conflict("この世帯番号は、この選考ですでに使われています。")
        made = cls.objects.create(
            round=of, number=number, name=name, guardians=guardians, address=address, applicant=applicant
        )
        record(made, "世帯の登録", by=by, after={"世帯番号": number, "保護者の数": guardians})
        return made

    @transaction.atomic
    def answer_siblings(self, *, same: str, partial: str, named: str = "", by: Actor) -> None:
        """きょうだいの答え: change the answers on siblings; one audit entry.

        Raises as ``require_wishes_of`` does, Refused for a child of another household.
        """
        require_wishes_of(self, by)
        named = named if partial == self.Partial.NAMED else ""
        if partial == self.Partial.NAMED and not self.children.filter(number=named, withdrawn_at=None).exists():
            raise Refused("一人だけでもよい児童を、この世帯の児童から選んでください。")
        before = {"施設": self.same, "一人だけ": self.partial, "児童": self.named}
        self.same, self.partial, self.named = same, partial, named
        self.save(update_fields=["same", "partial", "named"])
        after = {"施設": same, "一人だけ": partial, "児童": named}
        record(self, "きょうだいの希望の変更", by=by, before=before, after=after)


def require_wishes_of(household: Household, by: Actor) -> None:
    """Count one change of input, for the family before the deadline and for the office until the inputs are fixed.

    Raises NotAllowed to strangers, Closed to the family after the deadline and to all once the inputs are fixed.
    """
    user = user_of(by)
    if user is not None and household.round.scheme.can_run(user):
        household.round.touch()
        return
    if user is None or user.pk != household.applicant_id:
        raise NotAllowed("この世帯の希望を変えられるのは、申し込んだ人だけです。")
    if not household.round.takes_wishes:
        raise Closed("締切を過ぎたため、希望は変えられません。担当部署に相談してください。")
    household.round.touch()


class ApplicantChildQuerySet(models.QuerySet["ApplicantChild"]):
    def applying(self) -> "ApplicantChildQuerySet":
        """Children who have not withdrawn."""
        return self.filter(withdrawn_at=None)

    def visible_to(self, user: User) -> "ApplicantChildQuerySet":
        """Children of rounds that the person's department runs."""
        return self.filter(round__in=SelectionRound.objects.visible_to(user).values("pk"))

    def of_family(self, user: User) -> "ApplicantChildQuerySet":
        """The person's own children."""
        return self.filter(household__applicant=user)


class ApplicantChild(models.Model):
    """申込児童: a child who applies in a round, with the application it stands in."""

    household = models.ForeignKey(Household, models.PROTECT, related_name="children", verbose_name="世帯")
    round = models.ForeignKey(SelectionRound, models.PROTECT, related_name="children", verbose_name="選考")
    number = models.CharField("申込番号", max_length=20)
    name = models.CharField("児童の氏名", max_length=100)
    born_on = models.DateField("生年月日")
    age_class = models.PositiveSmallIntegerField("クラス")
    current = models.ForeignKey(
        ChildcareFacility, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="いま通う施設"
    )
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="admission_children", verbose_name="申込みの案件"
    )
    case_row = models.PositiveSmallIntegerField("申込みの中の何人目か", default=1)
    withdrawn_at = models.DateTimeField("取り下げた日時", null=True)
    withdrawal = models.CharField("取下げの理由", max_length=200, blank=True)

    objects = ApplicantChildQuerySet.as_manager()

    class Meta:
        verbose_name = "申込児童"
        ordering = ["round", "number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="admissions_one_child_per_number"),
            models.UniqueConstraint(
                fields=["round", "case", "case_row"], name="admissions_one_child_per_row_of_a_case"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def class_name(self) -> str:
        """The class in words."""
        return self.round.scheme.class_name(self.age_class)

    @classmethod
    @transaction.atomic
    def register(
        cls, household: Household, *, number: str, name: str, born_on: date, age_class: int, by: Actor,
        wishes: Sequence[ChildcareFacility] = (), current: ChildcareFacility | None = None, case: Case | None = None,
    ) -> "ApplicantChild":  # fmt: skip
        """申込児童の登録: add a child with its wishes; one audit entry.

        Raises NotAllowed, Closed, Refused, Conflict for a number that is taken.
        """
        require_runner(household.round.scheme, by)
        household.round.touch()
        if age_class not in household.round.scheme.classes:
            raise Refused("この制度にあるクラスを選んでください。")
        if cls.objects.filter(round=household.round, number=number).exists():
            raise Conflict("この申込番号は、この選考ですでに使われています。")
        row = cls.objects.filter(round=household.round, case=case).count() + 1 if case else 1
        child = cls.objects.create(
            household=household, round=household.round, number=number, name=name, born_on=born_on,
            age_class=age_class, current=current, case=case, case_row=row,
        )  # fmt: skip
        child._write_wishes(wishes)  # noqa: SLF001 - a child made by its own class
        record(child, "申込児童の登録", by=by, after={"申込番号": number, "希望": [each.code for each in wishes]})
        return child

    def _write_wishes(self, wishes: Sequence[ChildcareFacility]) -> None:
        if len(wishes) > MOST_WISHES:
            raise Refused(f"希望できる施設は{MOST_WISHES}か所までです。")
        if len({each.pk for each in wishes}) != len(wishes):
            raise Refused("同じ施設を二度選んでいます。一つの施設は一度だけ選べます。")
        self.preferences.all().delete()
        Preference.objects.bulk_create(
            Preference(child=self, rank=rank, facility=facility) for rank, facility in enumerate(wishes, 1)
        )

    @transaction.atomic
    def set_wishes(self, wishes: Sequence[ChildcareFacility], *, by: Actor) -> None:
        """希望の変更: replace all wishes, ranked 1, 2, … without a gap; one audit entry.

        Raises as ``require_wishes_of`` does, Refused for a facility twice.
        """
        require_wishes_of(self.household, by)
        before = list(self.preferences.values_list("facility__code", flat=True))
        self._write_wishes(wishes)
        record(self, "希望の変更", by=by, before={"希望": before}, after={"希望": [each.code for each in wishes]})

    @transaction.atomic
    def withdraw(self, *, reason: str, by: Actor) -> None:
        """取下げ: leave the round; one audit entry. Raises as ``require_wishes_of`` does, Conflict the second time."""
        require_wishes_of(self.household, by)
        if not stamp_once(self, "withdrawn_at", withdrawal=reason[:200]):
            raise Conflict("この申込みは、すでに取り下げられています。")
        record(self, "申込みの取下げ", by=by, reason=reason)


class Preference(models.Model):
    """希望: a facility at a rank of a child's wishes; ranks run from 1 without a gap."""

    child = models.ForeignKey(ApplicantChild, models.CASCADE, related_name="preferences", verbose_name="申込児童")
    rank = models.PositiveSmallIntegerField("希望順位")
    facility = models.ForeignKey(ChildcareFacility, models.PROTECT, related_name="+", verbose_name="施設")

    class Meta:
        verbose_name = "希望"
        ordering = ["child", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["child", "rank"], name="admissions_one_wish_per_rank"),
            models.UniqueConstraint(fields=["child", "facility"], name="admissions_a_facility_is_wished_once"),
            models.CheckConstraint(condition=Q(rank__gte=1, rank__lte=MOST_WISHES), name="admissions_wish_has_a_rank"),
        ]

    def __str__(self) -> str:
        return f"{self.rank} {self.facility}"
