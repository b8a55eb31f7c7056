"""Consultations 意見募集: a draft is announced, opinions come in, answers and the changed draft are published."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.approvals.models import Route
from todoke.audit.log import lock_subject, record, subject_of
from todoke.audit.sequences import next_of_year
from todoke.audit.transitions import Transitions, compare_and_set, transition
from todoke.japanese.calendar import JAPAN, format_date, is_office_day, today
from todoke.organization.models import Department
from todoke.plans.models import Plan
from todoke.runtime.links import path_to
from todoke.runtime.refusals import Conflict, NotAllowed, NotYet, Refused
from todoke.voices.arrival import Basis, Channel, OutageSpan
from todoke.voices.follower_queue import ABANDONED, queue_news
from todoke.voices.models.consultation_rule import ConsultationRule
from todoke.voices.notice_period import ClosedDayChoice, days_counted, needs_choice
from todoke.voices.permissions import RUN_CONSULTATION

if TYPE_CHECKING:
    from todoke.voices.models.consultation_channel import ConsultationChannel

DESK_CLOSES = time(17, 15)
LAST_MOMENT = time(23, 59, 59)


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def visible_to(self, user: User) -> "ConsultationQuerySet":
        """Those of the departments whose consultations a person runs."""
        return self.filter(department__in=RUN_CONSULTATION.departments_of(user))

    def public(self) -> "ConsultationQuerySet":
        """Those that were announced."""
        return self.exclude(status=Consultation.Status.DRAFT).filter(opens_on__lte=today())

    def open(self, on: date | None = None) -> "ConsultationQuerySet":
        """Announced ones whose period runs on a day."""
        day = on or today()
        return self.filter(status=Consultation.Status.ANNOUNCED, opens_on__lte=day, closes_on__gte=day)

    def ended(self, on: date | None = None) -> "ConsultationQuerySet":
        """Announced ones whose period is over."""
        return self.filter(status=Consultation.Status.ANNOUNCED, closes_on__lt=on or today())


class Consultation(models.Model):
    """意見募集: one call for opinions on a draft, from its notice to the published result."""

    class Status(models.TextChoices):
        DRAFT = "draft", "準備中"
        ANNOUNCED = "announced", "公示済み"
        ANSWERING = "answering", "検討中"
        PUBLISHED = "published", "結果公表"
        ABANDONED = "abandoned", "策定しない"

    NEXT: ClassVar[Transitions] = {
        Status.DRAFT: frozenset({Status.ANNOUNCED}),
        Status.ANNOUNCED: frozenset({Status.ANSWERING, Status.ABANDONED}),
        Status.ANSWERING: frozenset({Status.ANNOUNCED, Status.PUBLISHED, Status.ABANDONED}),
        Status.PUBLISHED: frozenset(),
        Status.ABANDONED: frozenset(),
    }

    number = models.CharField("意見募集の番号", max_length=20, unique=True, editable=False)
    title = models.CharField("案の名称", max_length=150)
    outline = models.TextField("案の要点と、聞きたいこと", max_length=4000)
    rule = models.ForeignKey(ConsultationRule, models.PROTECT, related_name="+", verbose_name="意見募集の根拠")
    department = models.ForeignKey(Department, models.PROTECT, related_name="consultations", verbose_name="担当部署")
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="計画")
    route = models.ForeignKey(Route, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="決裁ルート")
    opens_on = models.DateField("公示の日")
    closes_on = models.DateField("最終日")
    days = models.PositiveSmallIntegerField("募集の日数", default=0, editable=False)
    minimum_days = models.PositiveSmallIntegerField("根拠の下限の日数", default=0, editable=False)
    short_reason = models.CharField("短くする理由", max_length=300, blank=True)
    closed_day_choice = models.CharField("閉庁日の扱い", max_length=4, choices=ClosedDayChoice, blank=True)
    viewing_places = models.TextField("閲覧の場所", max_length=2000, blank=True)
    status = models.CharField("状態", max_length=10, choices=Status, default=Status.DRAFT)
    announced_at = models.DateTimeField("公示日時", null=True, editable=False)
    published_at = models.DateTimeField("結果公表日時", null=True, editable=False)
    ending_words = models.TextField("結果のまとめ、または策定しない理由", max_length=4000, blank=True)
    erased_at = models.DateTimeField("提出者の情報を消した日時", null=True, editable=False)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = "意見募集"
        ordering = ["-opens_on", "-number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="voices_a_call_closes_after_it_opens",
                violation_error_message="最終日は、公示の日より後にしてください。",
            ),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(days__gte=F("minimum_days")) | ~Q(short_reason=""),
                name="voices_a_short_call_has_its_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status="abandoned") | ~Q(ending_words=""), name="voices_abandoned_with_a_reason"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @classmethod
    @transaction.atomic
    def prepare(
        cls, *, title: str, outline: str, rule: ConsultationRule, department: Department, opens_on: date,
        closes_on: date, by: User, **more: Any,
    ) -> "Consultation":  # fmt: skip
        """Create a consultation that is not public yet. Raises NotAllowed."""
        if not RUN_CONSULTATION.held_by(by, department):
            raise NotAllowed("意見募集を準備できるのは、担当部署の職員だけです。")
        made = cls.objects.create(
            number=next_of_year(cls.objects.all(), opens_on.year), title=title, outline=outline, rule=rule,
            department=department, opens_on=opens_on, closes_on=closes_on, **more,
        )  # fmt: skip
        made.texts.create(version=0)
        for channel in (Channel.WEB, Channel.MAIL, Channel.POST, Channel.HAND, Channel.FAX):
            made.channels.create(channel=channel, last_at=made.last_moment(channel))
        record(made, "意見募集の準備", by=by, after={"案": title, "根拠": rule.pk}, first=True)
        return made

    def last_moment(self, channel: str) -> datetime:
        """Return until when a channel is open: the end of the last day, at a desk its closing time."""
        day = self.closes_on
        if self.closed_day_choice == ClosedDayChoice.NEXT_OFFICE_DAY:
            while not is_office_day(day):
                day += timedelta(days=1)
        if channel == Channel.HAND:
            while not is_office_day(day):
                day -= timedelta(days=1)
        return datetime.combine(day, DESK_CLOSES if channel == Channel.HAND else LAST_MOMENT, JAPAN)

    def require_running(self, by: User) -> None:
        """Raises NotAllowed unless a person runs the consultations of the department."""
        if not RUN_CONSULTATION.held_by(by, self.department):
            raise NotAllowed("この意見募集を進められるのは、担当部署の職員だけです。担当課に頼んでください。")

    def require_status(self, *statuses: str) -> None:
        """Raises Refused in another status."""
        if self.status not in statuses:
            raise Refused(f"この意見募集は「{self.get_status_display()}」です。", link=self.office_page())

    def require_open(self, by: User) -> None:
        """Raises NotAllowed, and Refused before the notice and once the result is published."""
        self.require_running(by)
        self.hold(self.Status.ANNOUNCED, self.Status.ANSWERING)

    def hold(self, *statuses: str) -> None:
        """Keep others from ending it until the caller's transaction ends; the status is read anew. Raises Refused."""
        lock_subject(subject_of(self))
        self.status = Consultation.objects.values_list("status", flat=True).get(pk=self.pk)
        self.require_status(*statuses)

    def office_page(self) -> str:
        return path_to("office:consultation", self.number)

    def _move(self, to: "Consultation.Status", act: str, *, by: Actor, reason: str = "", **changes: Any) -> None:
        lock_subject(subject_of(self))
        before = self.status
        if to not in self.NEXT[self.status] or not transition(self, to, **changes):
            raise Conflict(
                "ほかの人が先に進めたか、いまの状態ではできません。画面を開き直してください。", link=self.office_page()
            )
        record(self, act, by=by, before={"状態": before}, after={"状態": to}, reason=reason)

    @property
    def takes_opinions(self) -> bool:
        """Whether an opinion sent now comes within the period by the page (受付中)."""
        web = self.channel_terms().get(Channel.WEB)
        running = self.status == self.Status.ANNOUNCED and self.opens_on <= today()
        return running and web is not None and timezone.now().replace(microsecond=0) <= web.last_at

    def channel_terms(self) -> Mapping[str, "ConsultationChannel"]:
        """Return the channels by their code, read once for each object."""
        if not hasattr(self, "_channels"):
            self._channels: dict[str, ConsultationChannel] = {each.channel: each for each in self.channels.all()}
        return self._channels

    @transaction.atomic
    def announce(self, *, by: User) -> None:
        """公示: freeze the text and the channels, and take opinions from the day of notice. Raises NotYet, Refused."""
        self.require_running(by)
        self.require_status(self.Status.DRAFT)
        page = path_to("office:consultation-text", self.number)
        text = self.texts.get(version=0)
        if not text.clauses.exists():
            raise NotYet("案の段落がまだありません。段落ごとに入れてください。", link=page)
        days = days_counted(self.opens_on, self.closes_on, self.rule.counted_from)
        self.rule.require_days(days, self.short_reason)
        if needs_choice(self.closes_on) and not self.closed_day_choice:
            raise NotYet(
                f"最終日の{format_date(self.closes_on)}は閉庁日です。いつまで受け付けるかを選んでください。",
                link=path_to("office:consultation-correction", self.number),
            )
        for each in self.channels.all():
            each.last_at = self.last_moment(each.channel)
            each.save(update_fields=["last_at"])
        text.freeze()
        self._move(
            self.Status.ANNOUNCED, "公示", by=by, days=days, minimum_days=self.rule.minimum_days,
            announced_at=timezone.now(),
        )  # fmt: skip

    @transaction.atomic
    def correct(self, changed: list[str], *, by: User) -> None:
        """内容の訂正: store what was changed before the notice; after it only the route.

        Raises NotAllowed, Refused, Conflict.
        """
        self.require_running(by)
        if set(changed) - {"route"}:
            self.require_status(self.Status.DRAFT)
        if changed:
            values = {name: getattr(self, name) for name in changed}
            if not compare_and_set(self, {"status": self.status}, **values):
                raise Conflict("ほかの人が先に進めました。画面を開き直してください。", link=self.office_page())
            record(self, "意見募集の内容の訂正", by=by, after={name: str(value) for name, value in values.items()})

    def is_over(self, channel: str) -> bool:
        """Whether a channel is closed for good by its terms."""
        terms = self.channel_terms().get(channel)
        return terms is None or timezone.now() > terms.last_at

    def hindrances(self) -> list[OutageSpan]:
        """Return the outages of the page in the last 24 hours of the period."""
        web = self.channel_terms().get(Channel.WEB)
        return web.outages() if web is not None else []

    @transaction.atomic
    def begin_answering(self, *, by: Actor) -> None:
        """締切: end the intake and copy the draft, to be changed where an opinion asks for it. Raises Refused."""
        self._move(self.Status.ANSWERING, "募集の締切", by=by)
        self.texts.get(version=0).copy_as_decided()

    @property
    def may_reopen(self) -> bool:
        """Whether nobody has answered or changed anything since the intake ended."""
        return not (self.changes.exists() or self.groups.exclude(response=None).exists())

    @transaction.atomic
    def reopen(self, *, by: User, **changes: Any) -> None:
        """募集の再開: take opinions again by an extension. Raises NotAllowed, Refused once something is answered."""
        self.require_running(by)
        if not self.may_reopen:
            raise Refused("区の考え方か案の修正が、もう書かれています。延長はできません。", link=self.office_page())
        self.texts.filter(version=1).delete()
        self._move(self.Status.ANNOUNCED, "募集の再開", by=by, **changes)

    @transaction.atomic
    def correct_channel(self, channel: str, *, by: User, reason: str, basis: str, arrival_limit: date | None) -> int:
        """期限の訂正: correct by what a channel is judged, and judge its receipts again; return how many moved.

        Raises NotAllowed, Refused, Conflict.
        """
        self.require_open(by)
        if basis == Basis.POSTMARK and (channel != Channel.POST or arrival_limit is None):
            raise Refused("消印有効にできるのは郵送だけで、到着の期限が必要です。")
        of = self.channels.get(channel=channel)
        before = {"考え方": of.basis, "到着の期限": of.arrival_limit}
        after = {"考え方": basis, "到着の期限": arrival_limit}
        limit = arrival_limit if basis == Basis.POSTMARK else None
        if not compare_and_set(of, {"basis": of.basis}, basis=basis, arrival_limit=limit):
            raise Conflict("ほかの人が先に直しました。画面を開き直してください。")
        record(self, f"期限の訂正({of.get_channel_display()})", by=by, before=before, after=after, reason=reason)
        return self.rejudge(by=by, channels=[channel])

    def rejudge(self, *, by: Actor, channels: list[str] | None = None) -> int:
        """Judge the receipts again that no person has judged; return how many moved.

        Asks for the terms of each channel once, however many receipts there are.
        """
        terms, moved = {each.channel: each.terms() for each in self.channels.all()}, 0
        rows = self.receipts.select_related("timeliness").filter(timeliness__judged_by=None)
        for each in (rows.filter(channel__in=channels) if channels else rows).iterator(chunk_size=500):
            each.consultation = self
            each.timeliness.receipt = each
            moved += each.timeliness.recompute(terms.get(each.channel), by=by)
        return moved

    @transaction.atomic
    def abandon(self, *, reason: str, by: User) -> None:
        """策定しない: end without a result, and say why in public. Raises NotAllowed, Refused."""
        self.require_running(by)
        if not reason.strip():
            raise Refused("策定しない理由を書いてください。公表されます。")
        self._move(self.Status.ABANDONED, "策定しないことの公表", by=by, reason=reason, ending_words=reason,
                   published_at=timezone.now())  # fmt: skip
        queue_news(self, ABANDONED)
