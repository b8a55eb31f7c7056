"""Staff speak safely: no reviewer sees a name, and of an anonymous author nothing is written anywhere."""

import logging
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.db import IntegrityError, models, transaction

from tests import cast
from tests.cast.cases import work_off
from todoke.accounts.models import User
from todoke.audit.models import Entry
from todoke.japanese.calendar import today
from todoke.meetings.models import AgendaItem, Body, Meeting
from todoke.meetings.models.commitment import plan_next_meeting
from todoke.organization.models import Post
from todoke.runtime.field_encryption import PREFIX
from todoke.runtime.refusals import Closed, Conflict, NotAllowed, Refused
from todoke.voices.models import (
    AgendaLink,
    Authorship,
    EffectMeasurement,
    ProposalCall,
    ProposalVerdict,
    SectionStatement,
    StaffProposal,
)
from todoke.voices.models.proposal_authors import names_after_verdict, open_seal, people_of
from todoke.voices.models.proposal_call import even_sizes

pytestmark = pytest.mark.django_db
LOTS = [5, 5, 4, 4, 5]
SECRET = "秘密野"


@pytest.fixture
def secretary() -> User:
    return cast.headquarters()


@pytest.fixture
def call(secretary: User) -> ProposalCall:
    body = Body.objects.create(code="dx", name="DX推進本部")
    return ProposalCall.begin(
        title="令和8年度 職員提案", body=body, opens_on=date(2020, 2, 15), closes_on=date(2099, 3, 15), by=secretary
    )


def people(number: int) -> list[User]:
    section = cast.department("税務課", "3010")
    return [cast.staff(f"職員{n}", f"s{n}@example.lg.jp", Post.Role.CLERK, section) for n in range(number)]


def made(call: ProposalCall, by: User, title: str = "様式を一つに", mode: str = "named", **more: Any) -> StaffProposal:
    facts: dict[str, Any] = {"problem": "同じことを二度書く", "remedy": "一度にする"} | more
    return StaffProposal.submit(call, by=by, mode=mode, title=title, **facts)


def favoured(call: ProposalCall, by: User, secretary: User, meeting: Meeting, **more: Any) -> StaffProposal:
    proposal = made(call, by, **more)
    proposal.accept(by=secretary)
    ProposalVerdict.give(proposal, meeting=meeting, outcome="favoured", words="もう少し詳しく", by=secretary)
    return proposal


def held(call: ProposalCall, secretary: User, on: date = date(2026, 4, 1)) -> Meeting:
    return Meeting.plan(body=call.body, held_on=on, by=secretary)


def test_23_proposals_of_14_people_in_lots_of_5_5_4_4_5(call: ProposalCall, secretary: User) -> None:
    authors = people(14)
    for n in range(23):
        made(call, authors[n % 14], f"提案{n + 1}", "secretariat" if n % 3 else "named")
    assert (call.proposals.count(), people_of(call)) == (23, 14)
    assert call.divide(LOTS, by=secretary) == LOTS
    found = [[each.number for each in lot.proposals.order_by("number")] for lot in call.lots.all()]
    assert [(lot[0], lot[-1]) for lot in found] == [(1, 5), (6, 10), (11, 14), (15, 18), (19, 23)]
    with pytest.raises(Refused, match="22件です。提案は23件"):
        call.divide([5, 5, 4, 4, 4], by=secretary)
    assert even_sizes(23) == [5, 5, 5, 4, 4]


def rows_as_text() -> set[str]:
    """Return every row of every table but those that hold the accounts and posts themselves."""
    known = {"accounts.user", "organization.tenure", "organization.post", "organization.department"}
    found = set()
    for model in apps.get_models():
        if model._meta.label_lower not in known and model._meta.managed:
            found |= {f"{model._meta.label} {values}" for values in model._base_manager.values_list()}
    return found


def names_user(model: type[models.Model], user: User) -> bool:
    keys = [field.name for field in model._meta.fields if field.related_model is User]
    return any(model._base_manager.filter(**{key: user}).exists() for key in keys)


def test_an_anonymous_author_is_in_no_table_log_file_or_mail(
    call: ProposalCall, secretary: User, caplog: pytest.LogCaptureFixture
) -> None:
    author = cast.staff(f"{SECRET} 太郎", "himitsu@example.lg.jp", Post.Role.CLERK, cast.department("税務課", "3010"))
    client = cast.signed_in(author)
    before = rows_as_text()
    linked = {model._meta.label for model in apps.get_models() if names_user(model, author)}
    with caplog.at_level(logging.DEBUG):
        page = client.post(
            f"/office/staff-proposals/{call.pk}/entry/",
            {"mode": "anonymous", "title": "窓口の順番札", "problem": "並ぶ", "remedy": "札を出す"},
        )
        work_off()
    assert page.status_code == 302
    assert "窓口の順番札" in client.get(page.headers["Location"]).content.decode()
    fresh = rows_as_text() - before
    assert any("窓口の順番札" in row for row in fresh)
    mails = "".join(f"{each.to}{each.subject}{each.body}" for each in mail.outbox)
    written = "\n".join(fresh) + caplog.text + mails
    assert [clue for clue in (SECRET, "himitsu@example.lg.jp") if clue in written] == []
    assert not Authorship.objects.exists()
    entry = Entry.objects.get(act="職員提案の受付")
    assert (entry.actor_id, entry.actor_label) == (None, "職員提案")
    assert {model._meta.label for model in apps.get_models() if names_user(model, author)} == linked
    files = [path.read_bytes() for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert not any(SECRET.encode() in content for content in files)


def test_the_author_of_a_sealed_proposal_is_encrypted_and_told_when_it_is_opened(
    call: ProposalCall, secretary: User
) -> None:
    author = people(1)[0]
    proposal = made(call, author, mode="secretariat")
    assert Authorship.objects.get().sealed_user.startswith(PREFIX)
    assert not Entry.objects.filter(actor=author).exists()
    with pytest.raises(Refused, match="理由"):
        open_seal(proposal, reason=" ", by=secretary)
    assert open_seal(proposal, reason="表彰のため", by=secretary) == ["職員0"]
    work_off()
    assert "表彰のため" in str(mail.outbox[-1].body) or Entry.objects.filter(act="提案者の開封").exists()


def test_a_name_is_shown_only_after_the_verdict_and_only_of_one_made_by_name(
    call: ProposalCall, secretary: User
) -> None:
    meeting = held(call, secretary)
    proposal = favoured(call, people(1)[0], secretary, meeting)
    assert names_after_verdict(proposal) == []
    ProposalVerdict.give(proposal, meeting=held(call, secretary, date(2026, 5, 1)), outcome="adopted",
                         words="採用", by=secretary)  # fmt: skip
    assert names_after_verdict(proposal) == ["職員0"]


def test_favoured_ones_stand_on_the_next_agenda_once_also_when_planned_twice(
    call: ProposalCall, secretary: User
) -> None:
    first = held(call, secretary)
    proposal = favoured(call, people(1)[0], secretary, first)
    following = plan_next_meeting(body=call.body, held_on=date(2026, 6, 1), by=secretary)
    Meeting.plan(body=call.body, held_on=date(2026, 7, 1), by=secretary)
    link = AgendaLink.objects.get(proposal=proposal)
    assert (link.meeting, link.said_last) == (following, "もう少し詳しく")
    assert AgendaItem.objects.filter(title__startswith="職員提案").count() == 1
    ProposalVerdict.give(proposal, meeting=following, outcome="conditional", words="PCの入替えまで待つ",
                         condition="PCが入れ替わる", review_on=date(2026, 8, 31), by=secretary)  # fmt: skip
    Meeting.plan(body=call.body, held_on=date(2026, 8, 1), by=secretary)
    assert AgendaLink.objects.filter(proposal=proposal).count() == 1
    Meeting.plan(body=call.body, held_on=date(2026, 9, 1), by=secretary)
    proposal.refresh_from_db()
    assert (AgendaLink.objects.filter(proposal=proposal).count(), proposal.status) == (2, "heard")


def test_a_condition_needs_words_and_a_day_also_in_the_database(call: ProposalCall, secretary: User) -> None:
    meeting = held(call, secretary)
    proposal = favoured(call, people(1)[0], secretary, meeting)
    with pytest.raises(Refused, match="条件"):
        ProposalVerdict.give(proposal, meeting=meeting, outcome="conditional", words="待つ", by=secretary)
    with transaction.atomic(), pytest.raises(IntegrityError):
        StaffProposal.objects.filter(pk=proposal.pk).update(status="conditional")


def test_twelve_to_seven_minutes_three_thousand_times_are_250_hours(call: ProposalCall, secretary: User) -> None:
    meeting = held(call, secretary)
    proposal = favoured(call, people(1)[0], secretary, meeting, minutes=5, times=3000)
    figures = {
        "source": "stopwatch", "minutes_before": Decimal(12), "minutes_after": Decimal(7), "number_before": 20,
        "number_after": 4, "before_on": date(2026, 4, 1), "after_on": date(2026, 10, 1), "times": 3000,
        "times_source": "手続の一覧の年間件数",
    }  # fmt: skip
    with pytest.raises(Refused, match="実施"):
        EffectMeasurement.measure(proposal, by=secretary, **figures)
    ProposalVerdict.give(proposal, meeting=held(call, secretary, date(2026, 5, 1)), outcome="adopted", words="採用",
                         by=secretary)  # fmt: skip
    proposal.finish(by=secretary)
    measured = EffectMeasurement.measure(proposal, by=secretary, **figures)
    assert (measured.hours, measured.is_for_reference, proposal.expected_hours) == (250.0, True, 250.0)
    assert proposal.status == "measured"


def test_the_section_is_heard_and_nobody_else_speaks_for_it(call: ProposalCall, secretary: User) -> None:
    proposal, section = made(call, people(1)[0]), cast.department("福祉課", "4010")
    asked = SectionStatement.ask(proposal, section, by=secretary)
    with pytest.raises(NotAllowed):
        asked.state("できます", by=secretary)
    asked.state("できます", by=cast.staff("課長", "chief9@example.lg.jp", Post.Role.CHIEF, section))
    assert SectionStatement.objects.get().stated_at is not None


def test_whoever_holds_the_address_withdraws_until_it_is_heard(call: ProposalCall, secretary: User) -> None:
    author = people(1)[0]
    proposal = made(call, author)
    cast.signed_in(author).post(f"/office/staff-proposals/mine/{proposal.token}/withdrawal/")
    proposal.refresh_from_db()
    assert proposal.status == "withdrawn"
    other = favoured(call, author, secretary, held(call, secretary))
    with pytest.raises(Conflict):
        other.withdraw()


def test_a_closed_call_and_people_without_a_post_are_refused(call: ProposalCall) -> None:
    author = people(1)[0]
    ProposalCall.objects.update(closes_on=date(2020, 3, 15))
    call.refresh_from_db()
    with pytest.raises(Closed):
        made(call, author)
    with pytest.raises(NotAllowed):
        made(call, cast.resident())
    assert today() > call.closes_on
