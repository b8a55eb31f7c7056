"""How the body spells its terms is proposed, never changed in silence; what was read stays beside it."""

import pytest

from tests.cast import meetings, recordings
from todoke.accounts.models import User
from todoke.audit.models import Entry
from todoke.meetings.models import Transcript
from todoke.meetings.models.vocabulary_term import keep_terms
from todoke.meetings.speech import segment_acts, spelling_acts
from todoke.meetings.speech.organization_words import words_for
from todoke.meetings.speech.spelling_table import SpellingProposal, SpellingTable
from todoke.runtime.refusals import Closed, Conflict, Refused

TABLE = SpellingTable(
    {
        "手続き": "手続",
        "手つづき": "手続",
        "申込": "申込み",
        "サーバー": "サーバ",
        "手続": "手続",
        "手続き台帳": "手続き台帳",
    }
)
SAID = """[00:00:01] 本部長(山田): 手続きの案です。
[00:00:05] 12月5日までに手続きと手つづきを見ます。
[00:00:09] 手続です。
"""


def test_another_spelling_is_found_with_what_the_body_writes() -> None:
    assert TABLE.proposals("手続きは、手つづきと手続きです。手続を。") == [
        SpellingProposal("手続き", "手続", 2), SpellingProposal("手つづき", "手続", 1),
    ]  # fmt: skip
    assert TABLE.respelled("手続きと手つづき") == "手続と手続"
    assert TABLE.respelled("手続きと手つづき", "手つづき") == "手続きと手続"


@pytest.mark.parametrize("text", ["手続の案", "手続き台帳", "申込みます", "申込書を出す", "サーバ室", ""])
def test_what_the_body_writes_itself_and_longer_words_are_left_alone(text: str) -> None:
    assert TABLE.proposals(text) == []
    assert TABLE.respelled(text) == text


def test_a_shorter_spelling_is_completed_where_no_longer_word_goes_on() -> None:
    assert TABLE.respelled("申込は、サーバーで") == "申込みは、サーバで"
    assert SpellingTable({}).proposals("手続き") == []


@pytest.fixture
def by() -> User:
    return meetings.secretary()


@pytest.fixture
def made(by: User) -> Transcript:
    """A transcript that spells a term of its body otherwise at three places."""
    made = recordings.transcript(by, SAID)
    keep_terms(made.recording.meeting.body, [("手続", "てつづき")], others={"手続": ["手続き", "手つづき"]}, by=by)
    return made


def texts(made: Transcript) -> list[str]:
    return [each.text for each in made.segments.all()]


@pytest.mark.django_db
def test_one_spelling_of_one_piece_is_accepted_and_what_was_read_stays(made: Transcript, by: User) -> None:
    spelling_acts.respell(recordings.piece(made, 2), found="手続き", seen=0, by=by)
    row = recordings.piece(made, 2)
    assert (row.text, row.text_as_read) == (
        "12月5日までに手続と手つづきを見ます。", "12月5日までに手続きと手つづきを見ます。",
    )  # fmt: skip
    assert (row.state, row.waits, row.revision) == ("unchecked", True, 1), "it must still be heard"
    told = row.changes.get()
    assert (told.get_act_display(), told.before, told.after) == ("書き方をそろえた", row.text_as_read, row.text)
    assert texts(made)[0] == "手続きの案です。"
    assert Entry.objects.filter(act="発言の書き方").count() == 1
    with pytest.raises(Refused, match="もうありません"):
        spelling_acts.respell(row, found="手続き", seen=1, by=by)
    with pytest.raises(Conflict, match="ほかの人が先に"):
        spelling_acts.respell(row, found="手つづき", seen=0, by=by)


@pytest.mark.django_db
def test_all_are_accepted_at_once_as_they_were_seen_and_what_was_heard_stays_heard(made: Transcript, by: User) -> None:
    recordings.hear(made, by=by)
    heard = recordings.piece(made, 2)
    with pytest.raises(Conflict, match="見ていた提案"):
        spelling_acts.respell_all(made, places=2, by=by)
    assert spelling_acts.respell_all(made, places=3, by=by) == 2
    assert texts(made) == ["手続の案です。", "12月5日までに手続と手続を見ます。", "手続です。"]
    row = recordings.piece(made, 2)
    assert (row.state, row.waits, row.revision) == ("heard", False, heard.revision + 1)
    assert spelling_acts.proposed(made, words_for(made.recording.meeting.body).spelling) == []


@pytest.mark.django_db
def test_nothing_is_proposed_for_a_piece_that_was_deleted_and_nothing_changed_after_the_end(
    made: Transcript, by: User
) -> None:
    segment_acts.delete(recordings.piece(made, 1), seen=0, by=by)
    table = words_for(made.recording.meeting.body).spelling
    assert sum(each.places for each in spelling_acts.proposed(made, table)) == 2
    Transcript.objects.filter(pk=made.pk).update(status=Transcript.Status.CANCELLED)
    with pytest.raises(Closed):
        spelling_acts.respell_all(made, places=2, by=by)


@pytest.mark.django_db
def test_a_spelling_that_is_a_term_too_or_says_two_of_them_is_refused(made: Transcript, by: User) -> None:
    body = made.recording.meeting.body
    with pytest.raises(Refused, match="「手続」が二度出てきます"):
        keep_terms(body, [("手続", ""), ("届出", "")], others={"届出": ["手続"]}, by=by)
    with pytest.raises(Refused, match="「届け」が二度出てきます"):
        keep_terms(body, [("届出", ""), ("届書", "")], others={"届出": ["届け"], "届書": ["届け"]}, by=by)
    with pytest.raises(Refused, match="5個まで"):
        keep_terms(body, [("届出", "")], others={"届出": ["届"]}, by=by)
    assert body.terms.get().other_spellings == ["手続き", "手つづき"]
