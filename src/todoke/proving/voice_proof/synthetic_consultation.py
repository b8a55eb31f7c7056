"""Synthetic consultation 検証の意見募集: a call on two invented clauses, and the publication of its result."""

from datetime import timedelta

from todoke.accounts.models import User
from todoke.demo.offers import route
from todoke.japanese.calendar import today
from todoke.organization.models import Department
from todoke.voices.consultation_result import propose_answers, publish_result
from todoke.voices.models import CommentGroup, Consultation, ConsultationRule
from todoke.voices.notice_period import ClosedDayChoice, CountedFrom

TITLE, SUMMARY = "検証の計画(合成)", "検証の要旨"
CLAUSES = [("1", "検証の段落", "検証のための一つ目の段落です。"), ("2", "検証の段落", "検証のための二つ目の段落です。")]


def open_consultation(section: Department, clerk: User) -> Consultation:
    """Announce a call that is open for a month."""
    rule = ConsultationRule.objects.create(
        title="検証の意見公募手続要綱", minimum_days=14, counted_from=CountedFrom.NOTICE,
        valid_from=today() - timedelta(days=1),
    )  # fmt: skip
    made = Consultation.prepare(
        title=TITLE, outline="検証用です。", rule=rule, department=section, opens_on=today(),
        closes_on=today() + timedelta(days=30), by=clerk, route=route(), closed_day_choice=ClosedDayChoice.SAME_DAY,
    )  # fmt: skip
    made.texts.get(version=0).write(CLAUSES, by=clerk)
    made.announce(by=clerk)
    return made


def publish_masked(words: str, clerk: User, chief: User) -> Consultation:
    """Mask these words in every opinion, answer all of them at once and publish; return the call."""
    of = Consultation.objects.get(title=TITLE)
    of.begin_answering(by=clerk)
    group = CommentGroup.create(of, summary=SUMMARY, by=clerk)
    for point in of.points.all():
        point.move(group, seen=None, by=clerk)
    for comment in of.comments.all():
        begin = comment.text.find(words)
        comment.mask([(begin, begin + len(words), "personal")] if begin >= 0 else [], by=clerk)
        comment.check_masks(by=chief)
    group.answer(kind="as_drafted", text="検証の考え方です。", by=clerk)
    propose_answers(of, by=clerk).approve(by=chief)
    publish_result(Consultation.objects.get(pk=of.pk), words="検証のまとめです。", by=clerk)
    return of
