"""What people say of the candidates teaches the reader, and nothing is used before a person adopts it."""

import io
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from tests import cast
from tests.cast import meetings, signed_in
from todoke.accounts.actors import System
from todoke.accounts.models import User
from todoke.audit.models import Entry
from todoke.meetings.learning.judged_rows import JudgedRow, Origin, RowCounts, judged_rows
from todoke.meetings.learning.rows_export import LearningRows
from todoke.meetings.learning.trials import make_trial
from todoke.meetings.minutes.extract import extract
from todoke.meetings.minutes.loader import Source
from todoke.meetings.minutes.sentence_classifier import SentenceClassifier, shipped_classifier
from todoke.meetings.models import Minutes, ReaderVersion, Suggestion
from todoke.meetings.models.minutes import record_missed_item
from todoke.runtime.refusals import NotAllowed, NotYet, Refused

pytestmark = pytest.mark.django_db

HEAD = "令和8年度第1回 DX推進本部 会議録\n日時 令和8年5月12日(火) 10:00~11:00\n出席者 本部長、部員、事務局\n\n"
SUBJECTS = ("手数料の一覧", "申請の件数", "窓口の待ち時間", "端末の配置", "研修の日程", "回線の費用")
DAY = date(2026, 5, 12)


def text_of(number: int) -> str:
    """Minutes in which the office says what it will do (wanted) and what the register holds (never wanted here)."""
    said = []
    for each in SUBJECTS:
        said += [
            f"部員 {each}{number}はどうなりますか。",
            f"事務局 {each}{number}は、今月末までに整理して部へ報告します。",
        ]
        said += [f"事務局 {each}{number}の細目は、台帳{number}号により都度公表する予定とします。"]
    return HEAD + "\n".join(said) + "\n"


def teach(by: User, number: int, *, dismissing: str = "都度公表") -> Minutes:
    section = cast.department()
    meeting = meetings.meeting(by, DAY + timedelta(days=30 * number))
    minutes = Minutes.load(meeting, text_of(number).encode(), by=by, is_confirmed=True)
    for each in minutes.suggestions.all():
        if dismissing in each.quote:
            each.dismiss(by=by)
        else:
            each.accept(by=by, kind="commitment", department=section, is_told=False)
    return minutes


@pytest.fixture
def by() -> User:
    return meetings.secretary()


@pytest.fixture
def taught(by: User) -> User:
    for number in range(1, 5):
        teach(by, number)
    return by


def test_what_was_accepted_corrected_dismissed_and_written_in_is_a_row_each(by: User) -> None:
    meeting, section = meetings.meeting(by), cast.department()
    minutes = Minutes.load(meeting, meetings.MINUTES.encode(), by=by)
    found = {each.kind: each for each in minutes.suggestions.all()}
    found["decision"].accept(by=by)
    found["commitment"].accept(by=by, kind="request", department=section)
    found["request"].dismiss(by=by)
    record_missed_item(meeting, kind="commitment", what="率の分母の時点を書く", department=section, line=8, by=by)
    rows = {each.line: (each.proposed, each.kind, each.origin) for each in judged_rows()}
    assert rows[found["decision"].line] == ("decision", "decision", Origin.ACCEPTED)
    assert rows[found["commitment"].line] == ("commitment", "request", Origin.CORRECTED)
    assert [each.kind for each in judged_rows() if each.origin is Origin.DISMISSED] == ["none"]
    assert [(each.line, each.kind) for each in judged_rows() if each.origin is Origin.MISSED] == [(8, "commitment")]
    assert found["continued"].line not in rows
    assert RowCounts.of(judged_rows()).taught == 3


def test_with_too_few_rows_learning_is_refused_in_words(by: User) -> None:
    teach(by, 1)
    with pytest.raises(NotYet, match="会議録3件、確かめた行30行"):
        make_trial(by=by)
    with pytest.raises(CommandError, match="いまは会議録1件"):
        call_command("minutes", "--learn", stdout=io.StringIO())
    client = signed_in(by)
    assert "まだ学習できません" in client.get("/board/meetings/learning/").content.decode()
    assert "まだ学習できません" in client.post("/board/meetings/learning/trial/", follow=True).content.decode()
    assert not ReaderVersion.objects.exists()


def test_agreeing_with_everything_teaches_nothing_to_learn_from() -> None:
    rows = [JudgedRow(number % 4, number, "q", "request", "request", Origin.ACCEPTED) for number in range(40)]
    assert "違う判断0行" in RowCounts.of(rows).shortfall


def test_the_command_prints_before_and_after_and_adopts_nothing(taught: User) -> None:
    out = io.StringIO()
    call_command("minutes", "--learn", stdout=out)
    said = out.getvalue()
    assert "会議録 4件" in said
    assert said.count("→") == 6
    assert "合計" in said
    version = ReaderVersion.objects.get()
    before = sum(each["before"]["proposed"] - each["before"]["right"] for each in version.comparison)
    after = sum(each["after"]["proposed"] - each["after"]["right"] for each in version.comparison)
    assert after < before
    assert sum(each["after"]["hits"] for each in version.comparison) >= 20
    assert version.status == "trial"
    later = Minutes.load(meetings.meeting(taught, date(2027, 5, 1)), text_of(9).encode(), by=taught, is_confirmed=True)
    assert later.reading["classifier"] == shipped_classifier().digest


def test_an_adopted_version_reads_the_next_minutes_and_can_be_taken_back(taught: User) -> None:
    made, compared = make_trial(by=taught)
    assert len(compared) == 4
    learned = SentenceClassifier.from_text(made.weights)
    assert made.digest == learned.digest != shipped_classifier().digest
    proposed = [each.quote for each in extract(Source(text_of(7).split("\n")), DAY, learned).candidates]
    assert not [each for each in proposed if "都度公表" in each]
    assert len([each for each in proposed if "報告します" in each]) == len(SUBJECTS)
    client = signed_in(taught)
    page = client.get("/board/meetings/learning/").content.decode()
    for words in ("付属の判定を使っています", "判定の第1版の前と後", "採用する", "合計"):
        assert words in page, words
    client.post("/board/meetings/learning/adoption/", {"number": made.number})
    read = Minutes.load(meetings.meeting(taught, date(2027, 5, 1)), text_of(9).encode(), by=taught, is_confirmed=True)
    assert read.reading["classifier"] == made.digest
    assert "元に戻す" in client.get("/board/meetings/learning/").content.decode()
    client.post("/board/meetings/learning/withdrawal/", {"number": made.number})
    last = Minutes.load(meetings.meeting(taught, date(2027, 6, 1)), text_of(9).encode(), by=taught, is_confirmed=True)
    assert last.reading["classifier"] == shipped_classifier().digest
    acts = Entry.objects.filter(act__startswith="会議録の判定").order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["会議録の判定の学習", "会議録の判定の採用", "会議録の判定を元に戻す"]


def version(by: User) -> ReaderVersion:
    return ReaderVersion.keep(weights=shipped_classifier().as_text(), minutes=3, rows=30, comparison=[], by=by)


def test_only_a_person_adopts_and_taking_back_restores_the_version_before(by: User) -> None:
    first, second = version(by), version(by)
    with pytest.raises(NotAllowed, match="人だけ"):
        first.adopt(by=System())
    with pytest.raises(IntegrityError), transaction.atomic():
        ReaderVersion.objects.filter(pk=first.pk).update(status="adopted")
    first.adopt(by=by)
    second.adopt(by=by)
    assert ReaderVersion.in_use() == second
    with pytest.raises(Refused, match="次の版に替わった"):
        ReaderVersion.objects.get(pk=first.pk).adopt(by=by)
    with pytest.raises(NotAllowed, match="人だけ"):
        second.take_back(by=System())
    ReaderVersion.objects.get(pk=second.pk).take_back(by=by)
    assert ReaderVersion.in_use() == first
    ReaderVersion.objects.get(pk=first.pk).take_back(by=by)
    assert ReaderVersion.in_use() is None
    with pytest.raises(Refused, match="元に戻した"):
        ReaderVersion.objects.get(pk=first.pk).take_back(by=by)


def test_the_rows_leave_without_names(by: User) -> None:
    told = meetings.MINUTES.replace("申請の一覧", "田中太郎さんと吉田の申請の一覧")
    minutes = Minutes.load(meetings.meeting(by), told.encode(), by=by)
    for each in minutes.suggestions.all():
        each.dismiss(by=by)
    table = LearningRows().csv()
    assert "〔氏名〕" in table
    assert "申請の一覧は今月末までに作成します" in table
    for name in ("田中", "太郎", "吉田"):
        assert name not in table, name
    assert "DX推進本部" not in table.splitlines()[1].split(",")[0]
    answer = signed_in(by).get("/board/meetings/learning/rows/")
    assert answer["Content-Disposition"].startswith("attachment")
    with pytest.raises(NotAllowed, match="事務局"):
        LearningRows().require_taking(by=cast.clerk())


def test_a_clerk_sees_neither_page_nor_rows(by: User) -> None:
    client = signed_in(cast.clerk())
    for path in ("", "rows/"):
        assert client.get(f"/board/meetings/learning/{path}").status_code == 403
    assert client.post("/board/meetings/learning/adoption/", {"number": 1}).status_code == 403


def test_a_candidate_says_why_on_its_page(by: User) -> None:
    meeting = meetings.meeting(by)
    Minutes.load(meeting, meetings.MINUTES.encode(), by=by)
    number = Suggestion.objects.get(kind="commitment").number
    page = signed_in(by).get(f"/board/meetings/{meeting.code}/suggestions/?number={number}").content.decode()
    assert "候補にした理由: " in page
