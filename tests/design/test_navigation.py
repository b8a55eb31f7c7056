"""A person sees the entries that exist and that their posts allow, and which one they are on."""

from todoke.design.navigation import FACES, RAILS, Entry, lines


def test_an_entry_without_a_page_stays_hidden():
    assert lines([Entry("あした", "office:tomorrow")], path="/office/", roles=frozenset()) == []


def test_a_clerk_is_offered_the_flows_of_the_studio_only():
    shown = [line.label for line in lines(FACES, path="/office/", roles=frozenset({"clerk"}))]
    assert shown == ["職員", "業務フロー", "推進本部", "住民のページ"]


def test_the_nearest_entry_is_marked():
    entries = [Entry("入口", "portal:home"), Entry("職員", "office:home")]
    assert [line.current for line in lines(entries, path="/office/cases/", roles=frozenset())] == [False, True]


def test_a_rail_has_at_most_seven_entries():
    assert all(len(entries) <= 7 for entries in RAILS.values())
