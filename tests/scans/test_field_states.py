"""Who may enter a field, and when its value counts: one person, or two who did not see each other's."""

from todoke.scans.field_states import Entry, may_enter, state_of
from todoke.scans.recognition.routes import Route


def test_a_reading_counts_only_where_it_passes_unchecked() -> None:
    assert state_of(Route.AUTO, "1000001", []).is_settled
    waiting = state_of(Route.CHECK, "1000001", [])
    assert (waiting.value, waiting.is_settled) == ("1000001", False)


def test_the_last_word_of_a_person_counts() -> None:
    assert state_of(Route.CHECK, "高橋", [Entry("髙橋", 1)]).value == "髙橋"
    assert state_of(Route.AUTO, "高橋", [Entry("髙橋", 1)]).value == "髙橋"


def test_two_people_who_agree_settle_a_field_and_the_first_sees_nothing_of_the_second() -> None:
    first = [Entry("1234567", 1)]
    assert not state_of(Route.DOUBLE, "", first).is_settled
    assert state_of(Route.DOUBLE, "", first).value == ""
    assert not may_enter(Route.DOUBLE, first, 1)
    assert may_enter(Route.DOUBLE, first, 2)
    assert state_of(Route.DOUBLE, "", [*first, Entry("1234567", 2)]).is_settled


def test_two_people_who_differ_are_shown_side_by_side_until_somebody_settles_it() -> None:
    both = [Entry("1234567", 1), Entry("1234561", 2)]
    state = state_of(Route.DOUBLE, "", both)
    assert state.differing == ("1234567", "1234561")
    assert may_enter(Route.DOUBLE, both, 1)
    assert state_of(Route.DOUBLE, "", [*both, Entry("1234567", 1, settles=True)]).is_settled
