"""Two meetings of the headquarters: one with its minutes reviewed, one with open commitments on its agenda."""

from datetime import date, time
from pathlib import Path

from todoke.accounts.models import User
from todoke.demo.people import person
from todoke.meetings.models import AgendaItem, Body, Commitment, Decision, Meeting, Minutes, Suggestion
from todoke.meetings.models.commitment import plan_next_meeting
from todoke.organization.models import Department, Post

MINUTES = Path(__file__).with_name("minutes.txt")
SECTIONS = {"福祉部長": "介護保険課", "子ども家庭部長": "保育課"}


def _papers(meeting: Meeting) -> None:
    meeting.documents.create(number="資料1", title="オンライン化の進捗", disclosure="public")
    meeting.documents.create(
        number="資料2", title="障害の報告(事業者の回答を含む)", disclosure="partial",
        closed_reason="事業者の構成情報を含むため",
    )  # fmt: skip


def _judge(minutes: Minutes, by: User) -> list[Commitment]:
    """Accept most suggested commitments as the secretariat would; leave the last two open."""
    made = []
    rows = list(minutes.suggestions.all())
    for each in rows[:-2]:
        section = Department.objects.get(name=SECTIONS.get(each.owner, "DX推進課"))
        found = each.accept(by=by, department=section, due=each.due)
        made += [found] if isinstance(found, Commitment) else []
    return made


def _spring(body: Body, by: User) -> None:
    """Create the first meeting of the year with a confirmed record, visible to the council and the public."""
    meeting = Meeting.plan(body=body, held_on=date(2026, 6, 5), starts_at=time(10), place="庁議室", by=by)
    Decision.objects.create(meeting=meeting, text="手続の一覧を、分母と基準日をつけて毎月公開する。")
    Commitment.create(
        meeting=meeting, what="書かない窓口の試行の結果を、待ち時間の実測とともに報告する。", due=date(2026, 10, 30),
        department=Department.objects.get(name="戸籍住民課"), by=by,
    )  # fmt: skip
    done = Commitment.create(
        meeting=meeting, what="公開する手続の一覧の様式を示す。", due=date(2026, 7, 31),
        department=Department.objects.get(name="DX推進課"), by=by,
    )  # fmt: skip
    done.fulfil(result="手続の一覧の様式を定め、本部で示しました。", evidence="資料1 公開の様式", by=by)
    meeting.mark_held(by=by)
    meeting.confirm_record(by=by)


def build() -> None:
    """Create the body, the last meeting with its minutes, and the next one."""
    by = person("dx")
    body = Body.objects.create(code="dx", name="みらい区DX推進本部")
    body.members.set(Post.objects.filter(tenures__isnull=False, role__in=["director", "headquarters"]))
    _spring(body, by)
    first = plan_next_meeting(body=body, held_on=date(2026, 9, 4), starts_at=time(10), place="庁議室", by=by)
    begun = first.agenda.count()
    for position, title in enumerate(["手続のオンライン化の進捗について", "住民記録システムの障害について"], begun + 1):
        first.agenda.create(position=position, kind=AgendaItem.Kind.REPORT, title=title)
    _papers(first)
    minutes = Minutes.load(first, MINUTES.read_bytes(), by=by, is_confirmed=True)
    made = _judge(minutes, by)
    plan_next_meeting(body=body, held_on=date(2026, 12, 3), starts_at=time(10), place="庁議室", by=by)
    made[0].answer(text="一覧を公開しました。", evidence="オープンデータのページ", by=by)
    made[-1].fulfil(result="契約の変更案を作りました。", evidence="資料3 契約変更案", by=by)
    assert Suggestion.objects.filter(status="proposed").count() == 2
