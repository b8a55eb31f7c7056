"""A person sees the entries that exist and that their posts allow, and which one they are on."""

import pytest
from django.urls import get_resolver

from todoke.design.navigation import Entry, faces, lines, rails

EVERYBODY = frozenset({"clerk", "designer", "treasurer"})
ON_THE_FIRST_PAGE = {
    "appearance", "broadcasts", "files", "installation-keys", "notice-settings", "notice-texts", "organization",
    "partners", "preparation", "providers", "public", "saved-views", "services", "staff", "",
    "attendance", "clock", "corrections", "courses", "devices", "leave", "my-devices", "orders", "parcels", "telework",
    "timesheets",
}  # fmt: skip


def marked(path: str) -> list[str]:
    shown = lines(rails()[path.split("/")[1]], path=path, roles=EVERYBODY)
    return [line.label for line in shown if line.current]


def nouns(face: str) -> set[str]:
    """The first words of all addresses of a face."""
    addresses = get_resolver().namespace_dict[face][1].reverse_dict.lists()
    return {way[0].split("/")[0] for _, found in addresses for ways, *_ in found for way in ways}


def test_an_entry_without_a_page_stays_hidden() -> None:
    assert lines([Entry("あした", "office:tomorrow")], path="/office/", roles=frozenset()) == []


def test_a_clerk_is_offered_the_flows_of_the_studio_only() -> None:
    shown = [line.label for line in lines(faces(), path="/office/", roles=frozenset({"clerk"}))]
    assert shown == ["職員", "業務フロー", "推進本部", "住民のページ"]


def test_the_nearest_entry_is_marked() -> None:
    entries = [Entry("入口", "portal:home"), Entry("職員", "office:home")]
    assert [line.current for line in lines(entries, path="/office/cases/", roles=frozenset())] == [False, True]


def test_a_rail_has_at_most_seven_entries() -> None:
    assert all(len(entries) <= 7 for entries in rails().values())


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/office/", "きょうの仕事"),
        ("/office/files/", "きょうの仕事"),
        ("/office/cases/2026-000123-C/", "案件"),
        ("/office/opinions/", "案件"),
        ("/office/reconfirmations/", "窓口・予約・問合せ"),
        ("/office/absences/", "決裁"),
        ("/office/classifications/draft/", "決裁"),
        ("/office/reviews/amendments/", "手続の台帳"),
        ("/office/rounds/2026/", "手続の台帳"),
        ("/studio/mining/", "業務フロー"),
        ("/board/priorities/scenarios/", "オンライン化の割合"),
        ("/board/peers/", "計画"),
        ("/board/sheets/measures/2026/new/", "計画"),
        ("/board/sheets/busy/all/new/", "情報システム"),
        ("/board/incidents/", "情報システム"),
        ("/board/changes/", "情報システム"),
    ],
)
def test_a_page_marks_the_entry_it_is_reached_from(path: str, label: str) -> None:
    assert marked(path) == [label]


@pytest.mark.parametrize("face", rails())
def test_every_noun_of_a_face_has_its_entry(face: str) -> None:
    home = rails()[face][0].label
    assert {noun for noun in nouns(face) if marked(f"/{face}/{noun}/") == [home]} <= ON_THE_FIRST_PAGE
