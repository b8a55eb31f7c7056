"""The cast of the voices: a section with two clerks, a rule, and a consultation on a plan of invented clauses."""

import struct
import zlib
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tests import cast
from todoke.accounts.actors import Guest, System
from todoke.accounts.models import User
from todoke.approvals.approval_rules import DECIDE, ApprovalRules, DecisionClassRule, StopRule
from todoke.approvals.models import Route
from todoke.organization.models import Department, Post
from todoke.voices.consultation_result import propose_answers
from todoke.voices.models import CommentGroup, CommentReceipt, Consultation, ConsultationRule
from todoke.voices.notice_period import CountedFrom

CLAUSES = [
    ("1", "駐輪場", "駅前に有料の駐輪場を百台分つくります。"),
    ("2", "図書館", "図書館の開館時間を午後八時までとします。"),
    ("3", "公園", "公園の樹木の手入れを年に二回行います。"),
]
OPENS, CLOSES = date(2025, 2, 1), date(2025, 2, 28)


def moment(text: str) -> datetime:
    """Return an instant in Japan from 2025-02-28 23:59:59."""
    return datetime.fromisoformat(f"{text}+09:00")


@dataclass
class Hall:
    """The section, who works in it, and its rule."""

    section: Department
    clerk: User
    second: User
    chief: User
    rule: ConsultationRule
    route: Route
    made: list[Consultation] = field(default_factory=list)

    def drafted(self, **more: Any) -> Consultation:
        """A consultation with three clauses that is not announced yet."""
        facts: dict[str, Any] = {"opens_on": OPENS, "closes_on": CLOSES, "rule": self.rule, "route": self.route} | more
        made = Consultation.prepare(
            title="みらい区まちづくり計画(案)", outline="これからの十年の案です。", department=self.section,
            by=self.clerk, **facts,
        )  # fmt: skip
        made.texts.get(version=0).write(CLAUSES, by=self.clerk)
        self.made.append(made)
        return made

    def announced(self, **more: Any) -> Consultation:
        """A consultation that takes opinions."""
        of = self.drafted(**more)
        of.announce(by=self.clerk)
        return of

    def grouped(self, of: Consultation, summary: str, clause: str = "") -> CommentGroup:
        """A group with every opinion that is in none yet."""
        group = CommentGroup.create(of, summary=summary, clause=clause, by=self.clerk)
        for point in of.points.filter(group=None):
            point.move(group, seen=None, by=self.clerk)
        return group

    def read_twice(self, of: Consultation) -> None:
        """Both clerks have read every opinion; nothing is masked."""
        for comment in of.comments.filter(masked_at=None):
            comment.mask([], by=self.clerk)
        for comment in of.comments.filter(checked_at=None):
            comment.check_masks(by=self.second)

    def approved(self, of: Consultation) -> None:
        """The chief approves the answers."""
        propose_answers(of, by=self.clerk).approve(by=self.chief)


def rule(by: User | None = None, **more: Any) -> ConsultationRule:
    facts = {
        "title": "みらい区意見公募手続要綱", "applies_to": "plan", "minimum_days": 14, "maximum_days": 31,
        "counted_from": CountedFrom.NEXT_DAY, "valid_from": date(2020, 4, 1),
    } | more  # fmt: skip
    return ConsultationRule.register(by=by or cast.keeper(), **facts)


def route() -> Route:
    made = Route.objects.create(code="voices", name="意見募集の決裁")
    chain = ApprovalRules([DecisionClassRule([StopRule(1, DECIDE, Post.Role.CHIEF)], basis="第5条")])
    made.publish(chain, starts_on=date(2020, 4, 1), basis="みらい区専決規程", by=System())
    return made


def hall() -> Hall:
    section = cast.department("企画課", "1100")
    return Hall(
        section,
        clerk=cast.staff("佐藤 企画", "plan1@example.lg.jp", Post.Role.CLERK, section),
        second=cast.staff("高橋 企画", "plan2@example.lg.jp", Post.Role.CLERK, section),
        chief=cast.staff("鈴木 企画課長", "plan3@example.lg.jp", Post.Role.CHIEF, section),
        rule=rule(), route=route(),
    )  # fmt: skip


def sent(of: Consultation, text: str, at: str = "2025-02-10 12:00:00", **more: Any) -> CommentReceipt:
    """An opinion that arrived by the page, or as told."""
    facts: dict[str, Any] = {"channel": "web", "arrived_at": moment(at), "by": Guest()} | more
    return CommentReceipt.receive(of, text=text, **facts)


def small_png(*more: tuple[bytes, bytes]) -> bytes:
    """A PNG of one white dot, with further chunks before the picture."""
    scan = zlib.compress(b"\0\xff\xff\xff")
    parts = [(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)), *more, (b"IDAT", scan), (b"IEND", b"")]
    made = [struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
            for kind, body in parts]  # fmt: skip
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)
