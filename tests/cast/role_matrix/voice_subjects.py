"""What the addresses of the voices are about: a call that takes opinions, one that is answered, and a result."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.cast import voices
from tests.cast.role_matrix.world import World, pdf
from tests.cast.voices import Hall, sent, small_png
from todoke.accounts.actors import Guest
from todoke.accounts.models import User
from todoke.japanese.calendar import today
from todoke.meetings.models import Body, Commitment, Meeting
from todoke.organization.models import Post
from todoke.plans.models import Plan
from todoke.voices.consultation_result import publish_result
from todoke.voices.models import (
    Briefing,
    Challenge,
    CommentReceipt,
    Consultation,
    ConsultationFollower,
    Idea,
    ProposalCall,
    SectionStatement,
    StaffProposal,
)

Places = dict[str, dict[str, str]]
GROUP_ANSWERS = [f"office:answers-{act}" for act in ("table", "file", "proposal", "answer", "reading", "import")]


def voices_of(world: World) -> Places:
    """Consultations of the clerk's department."""
    people = world.people
    keeper = User.objects.filter(tenures__post__role=Post.Role.RECORDS).first()
    place = Hall(
        world.case.department, people["clerk"], people["chief"], people["chief"], voices.rule(keeper), voices.route()
    )
    answering, published = _answering(place), _published(place)
    opened = place.announced(opens_on=today(), closes_on=today() + timedelta(days=20), closed_day_choice="same")
    row = _paper(place, opened)
    group = answering.groups.get()
    of = {"number": opened.number}
    comment = opened.comments.exclude(pk=row.comment_id).get()
    drafted, briefing = place.drafted(), _briefing(place, opened)
    return {
        "office:consultation": of | {"sequence": str(row.sequence), "key": "c01"},
        "office:receipt-": of | {"sequence": str(row.sequence)},
        "office:consultation-publication": {"number": answering.number},
        "office:consultation-text": {"number": answering.number, "key": "c01"},
        "office:consultation-offering": {"number": drafted.number, "channel": "fax"},
        "office:consultation-briefing": of | {"pk": str(briefing.pk)},
        "office:briefing-": of | {"pk": str(briefing.pk)},
        "office:consultation-group": {"number": answering.number, "pk": str(group.pk)},
        "office:consultation-comment": of | {"pk": str(comment.pk)},
        "office:comment-": of | {"pk": str(comment.pk)},
        "office:consultation-opinion": of | {"pk": str(comment.points.get().pk)},
        "office:point-": of | {"pk": str(comment.points.get().pk)},
        **{name: {"number": answering.number, "pk": str(group.pk)} for name in GROUP_ANSWERS},
        **_of_ideas(place),
        **_of_staff(world, place),
        "office:voice-link": {"kind": "opinion", "pk": str(group.pk)},
        "portal:voice": {"kind": "opinion", "pk": str(published.groups.get().pk)},
        "portal:consultation": of | {"token": row.token},
        "portal:consultation-following": {"secret": _followed(opened)},
        "portal:following-": {"secret": _followed(answering)},
        "portal:briefing-material": of | {"pk": str(briefing.pk)},
        "portal:consultation-result": {"number": published.number},
        "portal:consultation-table": {"number": published.number},
    }


def _followed(of: Consultation) -> str:
    return str(ConsultationFollower.ask(of, "reader@example.jp", language="ja", by=Guest()).new_link(by=Guest()))


def _briefing(place: Hall, of: Consultation) -> Briefing:
    return Briefing.plan(of, starts_at=timezone.now(), place="区民会館", material=pdf(), by=place.clerk)


def _paper(place: Hall, of: Consultation) -> CommentReceipt:
    at = f"{today()} 00:30:00"
    sent(of, "公園の樹木をもっと手入れしてください。", at)
    scan: SimpleUploadedFile = pdf()
    return sent(of, "駐輪場に反対です。番号は123456789018です。", at, channel="post", by=place.clerk, scan=scan)


def _answering(place: Hall) -> Consultation:
    of = place.announced()
    sent(of, "駐輪場をもっと増やしてください。")
    of.begin_answering(by=place.clerk)
    place.grouped(of, "駐輪場を増やしてほしい", "c01").answer(kind="later", text="参考とします。", by=place.clerk)
    return of


def _of_ideas(place: Hall) -> Places:
    day = today()
    challenge = Challenge.begin(
        question="駅前で困っていることは", background="駅前を直します。", can_decide="ベンチ", department=place.section,
        opens_on=day - timedelta(days=3), closes_on=day + timedelta(days=3), answer_by=day + timedelta(days=30),
        by=place.clerk,
    )  # fmt: skip
    idea = Idea.post(
        challenge, text="ベンチを置いてください", secret="a", photo=small_png(), photo_words="駅前の広場"
    )  # fmt: skip
    held = Idea.post(challenge, text="案内板を直してください", secret="b")
    idea.show(by=place.clerk)
    of = {"pk": str(challenge.pk), "idea": str(idea.pk)}
    return {
        "office:challenge": of, "office:challenge-idea-appearance": of | {"idea": str(held.pk)},
        "portal:challenge": of, "portal:idea-": of, "portal:my-idea": {"token": idea.token},
    }  # fmt: skip


def _of_staff(world: World, place: Hall) -> Places:
    by = world.people["headquarters"]
    body = Body.objects.create(code="proposals", name="職員提案の審査会")
    call = ProposalCall.begin(
        title="職員提案", body=body, opens_on=today(), closes_on=today() + timedelta(days=9), by=by
    )
    proposal = StaffProposal.submit(
        call, by=place.clerk, mode="secretariat", title="様式を一つに", problem="二度書く", remedy="一度にする"
    )
    asked = SectionStatement.ask(proposal, place.section, by=by)
    return {
        "office:staff-proposal": {"call": str(call.pk), "number": str(proposal.number)},
        "office:my-proposal": {"token": proposal.token},
        "office:proposal-statement": {"pk": str(asked.pk)},
        "board:council-": _promise(by, place),
    }


def _promise(by: User, place: Hall) -> dict[str, str]:
    meeting = Meeting.plan(body=Body.objects.get(code="proposals"), held_on=today(), by=by)
    made = Commitment.create(meeting=meeting, what="ベンチを置く", department=place.section, by=by)
    meeting.mark_held(by=by)
    meeting.confirm_record(by=by)
    plan = Plan.objects.create(
        code="voiced", title="声の計画", starts_on=today(), ends_on=today() + timedelta(days=300)
    )
    strategy = plan.strategies.create(position=1, title="柱")
    measure = plan.measures.create(code="seats", strategy=strategy, title="ベンチ", department=place.section)
    indicator = measure.indicators.create(
        code="seats", name="ベンチの数", unit="count", numerator="置いた数", basis="各年度末", source="台帳"
    )
    plan.publish(by=by)
    return {"number": made.number, "code": indicator.code}


def _published(place: Hall) -> Consultation:
    of = place.announced()
    sent(of, "図書館をもっと長く開けてください。")
    of.begin_answering(by=place.clerk)
    place.grouped(of, "図書館を長く開けてほしい", "c02").answer(kind="later", text="参考とします。", by=place.clerk)
    place.read_twice(of)
    place.approved(of)
    publish_result(of, by=place.clerk)
    return of
