"""Placement runs 試算・実行: one computation of a round with its files, and the placements it gives."""

from datetime import datetime
from typing import Any, ClassVar

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.admissions.models.household import ApplicantChild
from todoke.admissions.models.seat_pool import ChildcareFacility
from todoke.admissions.models.selection_round import RoundStatus, SelectionRound, require_runner
from todoke.approvals.models import Proposal
from todoke.audit.log import record
from todoke.audit.transitions import Transitions, compare_and_set, transition
from todoke.runtime.refusals import Conflict, NotAllowed, NotYet, Refused

FOLDER = "admissions"


class RunStatus(models.TextChoices):
    WAITING = "waiting", "待機"
    RUNNING = "running", "計算中"
    DONE = "done", "完了"
    REFUSED = "refused", "拒否"
    FAILED = "failed", "失敗"


class PlacementRun(models.Model):
    """試算・実行: one computation, its state, and its files with their SHA-256."""

    Status: ClassVar = RunStatus
    NEXT: ClassVar[Transitions] = {
        RunStatus.WAITING: frozenset({RunStatus.RUNNING}),
        RunStatus.RUNNING: frozenset({RunStatus.RUNNING, RunStatus.DONE, RunStatus.REFUSED, RunStatus.FAILED}),
        RunStatus.DONE: frozenset(),
        RunStatus.REFUSED: frozenset(),
        RunStatus.FAILED: frozenset(),
    }

    class Kind(models.TextChoices):
        TRIAL = "trial", "試算"
        WHAT_IF = "what_if", "もし"
        REPLAY = "replay", "前年の再現"
        CORRECTION = "correction", "通知後の訂正"

    round = models.ForeignKey(SelectionRound, models.PROTECT, related_name="runs", verbose_name="選考")
    number = models.PositiveIntegerField("番号")
    kind = models.CharField("種類", max_length=12, choices=Kind, default=Kind.TRIAL)
    status = models.CharField("状態", max_length=10, choices=RunStatus, default=RunStatus.WAITING)
    changes = models.JSONField("変えた条件", default=dict)
    inputs = models.PositiveIntegerField("入力の回数")
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="求めた人")
    requested_at = models.DateTimeField("求めた日時", auto_now_add=True)
    progress = models.CharField("進み", max_length=60, blank=True)
    finished_at = models.DateTimeField("終わった日時", null=True)
    files = models.JSONField("ファイルと照合値", default=dict)
    figures = models.JSONField("数字", default=dict)
    engine = models.CharField("計算の部品", max_length=60, blank=True)
    code_version = models.CharField("プログラムの版", max_length=60, blank=True)
    problem = models.TextField("計算できない理由", blank=True)
    stale_at = models.DateTimeField("古くなった日時", null=True)
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, related_name="+", verbose_name="起案")
    adopted_at = models.DateTimeField("採用した日時", null=True)

    class Meta:
        verbose_name = "試算・実行"
        ordering = ["round", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="admissions_one_run_per_number"),
            models.UniqueConstraint(
                fields=["round"], condition=Q(adopted_at__isnull=False), name="admissions_one_adopted_run_a_round"
            ),
            models.CheckConstraint(
                condition=Q(adopted_at__isnull=True) | Q(kind="trial", status="done", stale_at=None),
                name="admissions_only_a_fresh_trial_is_adopted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.get_kind_display()}{self.number}"

    @classmethod
    @transaction.atomic
    def request(
        cls, of: SelectionRound, *, by: User, kind: str = Kind.TRIAL, changes: dict[str, Any] | None = None
    ) -> "PlacementRun":
        """試算を求める: put one computation in the queue; one audit entry. Raises NotAllowed, Refused too early."""
        require_runner(of.scheme, by)
        if of.status in {RoundStatus.PREPARED, RoundStatus.OPEN}:
            raise Refused("試算は、締切のあとの点検中からできます。")
        last = cls.objects.filter(round=of).aggregate(last=models.Max("number"))["last"] or 0
        inputs = SelectionRound.objects.values_list("inputs", flat=True).get(pk=of.pk)
        made = cls.objects.create(
            round=of, number=last + 1, kind=kind, changes=changes or {}, inputs=inputs, requested_by=by
        )
        record(made, f"{made.get_kind_display()}を求める", by=by, after={"変えた条件": bool(changes)})
        return made

    @property
    def is_stale(self) -> bool:
        """Whether inputs have changed since."""
        return self.stale_at is not None or self.inputs != self.round.inputs

    @property
    def is_adoptable(self) -> bool:
        """A finished trial on exactly the fixed inputs."""
        fixed = self.round.status == RoundStatus.FIXED
        return fixed and self.kind == self.Kind.TRIAL and self.status == RunStatus.DONE and not self.is_stale

    def require_taking(self, *, by: Actor) -> None:
        """Ask again whether a person may take its files away. Raises NotAllowed, NotYet before it is done."""
        require_runner(self.round.scheme, by)
        if "bundle" not in self.files:
            raise NotYet("計算が終わると、監査一式を取り出せます。")

    def begin(self) -> bool:
        """Claim the computation; True again for a job that runs a second time, False once it ended."""
        return transition(self, RunStatus.RUNNING, progress="入力をまとめています")

    def report_progress(self, words: str) -> None:
        """Say how far the computation is."""
        compare_and_set(self, {"status": RunStatus.RUNNING}, progress=words)

    @transaction.atomic
    def finish(
        self, files: dict[str, tuple[bytes, str]], *, figures: dict[str, Any], engine: str, code_version: str
    ) -> None:
        """完了: keep the files, given as bytes and SHA-256 by name, and the figures of the report; one audit entry."""
        kept = {}
        for name, (content, sha256) in files.items():
            ending = "zip" if name == "bundle" else "json"
            path = default_storage.save(f"{FOLDER}/{self.pk}/{name}.{ending}", ContentFile(content))
            kept[name] = {"path": path, "sha256": sha256, "bytes": len(content)}
        changes: dict[str, Any] = {"files": kept, "figures": figures, "engine": engine, "code_version": code_version}
        if transition(self, RunStatus.DONE, finished_at=timezone.now(), progress="", **changes):
            hashes = {name: each["sha256"] for name, each in kept.items()}
            record(self, "計算の完了", by=self.requested_by, after=hashes)

    def stop(self, to: RunStatus, problem: str) -> None:
        """Keep why the computation was refused, or that it failed."""
        transition(self, to, finished_at=timezone.now(), progress="", problem=problem)

    def read(self, name: str) -> bytes:
        """Return the bytes of a stored file. Raises KeyError for an unknown name."""
        with default_storage.open(self.files[name]["path"]) as stored:
            content: bytes = stored.read()
        return content

    @classmethod
    def outdate(cls, of: SelectionRound) -> None:
        """古い試算: mark all runs of a round whose inputs are open again."""
        cls.objects.filter(round=of, stale_at=None).update(stale_at=timezone.now())


class Placement(models.Model):
    """内定: what the adopted run gives a child: a facility, or none, and the family's answer."""

    class Status(models.TextChoices):
        OFFERED = "offered", "内定"
        WAITING = "waiting", "保留"
        ACCEPTED = "accepted", "承諾"
        DECLINED = "declined", "辞退"

    NEXT: ClassVar[Transitions] = {
        Status.OFFERED: frozenset({Status.ACCEPTED, Status.DECLINED}),
        Status.WAITING: frozenset(),
        Status.ACCEPTED: frozenset({Status.DECLINED}),
        Status.DECLINED: frozenset(),
    }

    round = models.ForeignKey(SelectionRound, models.PROTECT, related_name="placements", verbose_name="選考")
    run = models.ForeignKey(PlacementRun, models.PROTECT, related_name="placements", verbose_name="採用した試算")
    child = models.OneToOneField(ApplicantChild, models.PROTECT, related_name="placement", verbose_name="申込児童")
    facility = models.ForeignKey(
        ChildcareFacility, models.PROTECT, null=True, related_name="+", verbose_name="内定した施設"
    )
    status = models.CharField("状態", max_length=10, choices=Status)
    reasons = models.JSONField("希望ごとの理由", default=list)
    answered_at = models.DateTimeField("家庭が答えた日時", null=True)

    class Meta:
        verbose_name = "内定"
        ordering = ["round", "child__number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "child"], name="admissions_one_placement_a_child"),
            models.CheckConstraint(
                condition=Q(status="waiting", facility__isnull=True)
                | (~Q(status="waiting") & Q(facility__isnull=False)),
                name="admissions_offer_names_its_facility",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.child} {self.get_status_display()}"

    @transaction.atomic
    def answer(self, to: str, *, by: Actor, at: datetime | None = None) -> None:
        """家庭の答え: accept or decline the place; a refusal frees the seat for the next round. One audit entry.

        Raises NotAllowed to strangers, Refused before the letters, Conflict for an answer that may not follow.
        """
        user = user_of(by)
        own = user is not None and self.child.household.applicant_id == user.pk
        if not own and not (user is not None and self.round.scheme.can_run(user)):
            raise NotAllowed("この内定に答えられるのは、申し込んだ人だけです。")
        if self.round.status != RoundStatus.NOTIFIED:
            raise Refused("通知のあとに答えられます。")
        if to == self.status or not transition(self, to, answered_at=at or timezone.now()):
            raise Conflict("この答えは、いまの状態からは選べません。開き直して確かめてください。")
        record(self, f"内定の{self.get_status_display()}", by=by)
