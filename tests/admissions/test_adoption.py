"""A round from its fixed inputs to the letters: computed, checked, approved and told."""

import json

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests import cast
from tests.admissions.markets import example
from tests.cast.admissions import Nursery, nursery
from todoke.admissions.audit_bundle import bundled
from todoke.admissions.child_placement import place as placed
from todoke.admissions.instance_reader import read_instance
from todoke.admissions.models import (
    Directive,
    HandRecount,
    Placement,
    PlacementLetter,
    PlacementRun,
    SelectionRound,
)
from todoke.admissions.selection.adoption import bundle_hash, notify, propose
from todoke.admissions.selection.input_fixation import reopen_inputs
from todoke.admissions.selection.placement_letters import letter_content
from todoke.admissions.selection.run_files import read_document
from todoke.approvals.models import Proposal
from todoke.notices.models import Message
from todoke.runtime.refusals import Conflict, NotAllowed, NotYet, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Nursery:
    return nursery()


@pytest.fixture
def of(place: Nursery) -> SelectionRound:
    """Two seats at もも for one-year-olds, one at みかん, and four children of falling points."""
    made = place.opened()
    place.seats(made, "もも", 2)
    place.seats(made, "みかん", 1)
    for number, days in (("A", (20, 20)), ("B", (20, 16)), ("C", (16, 16)), ("D", (12, 12))):
        place.child(place.family(made, number, days), f"{number}1", "もも", "みかん")
    return made


def given(of: SelectionRound) -> dict[str, str]:
    rows = Placement.objects.filter(round=of).select_related("child", "facility")
    return {each.child.number: each.facility.name if each.facility else "保留" for each in rows}


def test_the_approved_run_gives_each_child_its_place(place: Nursery, of: SelectionRound) -> None:
    run = place.adopted(of)
    assert given(of) == {"A1": "もも保育園", "B1": "もも保育園", "C1": "みかん保育園", "D1": "保留"}
    assert (of.get_status_display(), run.figures["hard_violations"]) == ("決定", 0)
    assert run.proposal is not None
    assert run.proposal.dossier.content["監査一式の照合値"] == bundle_hash(run)


def test_the_dossier_names_no_child(place: Nursery, of: SelectionRound) -> None:
    run = place.adopted(of)
    assert run.proposal is not None
    assert "の児童" not in json.dumps(run.proposal.dossier.content, ensure_ascii=False)


def test_a_run_is_computed_once_and_kept_with_its_hashes(place: Nursery, of: SelectionRound) -> None:
    first, second = place.trial(place.settled(of)), place.trial(of)
    assert set(first.files) == {"instance", "rules", "result", "report", "explanations", "certificate", "bundle"}
    assert bundle_hash(first) == bundle_hash(second)
    assert not first.begin()
    assert all(default_storage.exists(each["path"]) for each in first.files.values())


def test_a_trial_before_the_inputs_are_fixed_is_never_adopted(place: Nursery, of: SelectionRound) -> None:
    place.settled(of)
    reopen_inputs(of, reason="取下げ", by=place.clerk)
    run = place.trial(of)
    assert run.status == "done"
    with pytest.raises(NotYet, match="入力確定のあと"):
        propose(run, by=place.clerk)


def test_a_trial_is_old_once_the_inputs_were_opened_again(place: Nursery, of: SelectionRound) -> None:
    run = place.trial(place.settled(of))
    reopen_inputs(of, reason="取下げ", by=place.clerk)
    run.refresh_from_db()
    assert run.is_stale
    assert run.stale_at is not None


def test_what_cannot_be_computed_is_refused_in_words(place: Nursery, of: SelectionRound) -> None:
    of.close(by=place.clerk)
    run = place.trial(of)
    assert (run.get_status_display(), run.problem[:11]) == ("拒否", "点数のない児童がいます")


def test_a_rejected_proposal_leaves_the_round_on_its_fixed_inputs(place: Nursery, of: SelectionRound) -> None:
    run = place.trial(place.settled(of))
    propose(run, by=place.clerk).reject(by=place.chief, reason="募集を増やすため")
    of.refresh_from_db()
    assert (of.get_status_display(), Placement.objects.count()) == ("入力確定", 0)


def test_a_returned_proposal_goes_on_as_its_next_round(place: Nursery, of: SelectionRound) -> None:
    run = place.trial(place.settled(of))
    propose(run, by=place.clerk).return_to_drafter(by=place.chief, reason="理由を確かめてください")
    run.refresh_from_db()
    run.round.refresh_from_db()
    assert propose(run, by=place.clerk).round == 2
    assert Proposal.objects.count() == 1


def test_strangers_neither_propose_nor_notify(place: Nursery, of: SelectionRound) -> None:
    run = place.trial(place.settled(of))
    with pytest.raises(NotAllowed):
        propose(run, by=cast.clerk())


def test_files_that_were_changed_after_approval_are_not_adopted(place: Nursery, of: SelectionRound) -> None:
    run = place.trial(place.settled(of))
    proposal = propose(run, by=place.clerk)
    other = bundled(placed(read_instance(example("pin_conflict"))))
    run.files["bundle"]["path"] = default_storage.save("other.zip", ContentFile(other))
    run.save(update_fields=["files"])
    with pytest.raises(Conflict, match="一致しません"):
        proposal.approve(by=place.chief)


def test_the_child_kept_waiting_is_told_its_own_points_and_no_lowest_below_three(
    place: Nursery, of: SelectionRound
) -> None:
    place.adopted(of)
    letter = PlacementLetter.objects.get(placement__child__number="D1")
    assert letter.kind == "wait"
    assert letter.content["reasons"] == [
        "もも保育園: お子さんの点数は24点です。点数の高いお子さんで、席がいっぱいになりました。",
        "みかん保育園: お子さんの点数は24点です。点数の高いお子さんで、席がいっぱいになりました。",
    ]
    assert letter.content["appeal"] == ["審査請求ができます。"]


def test_the_lowest_points_are_said_where_three_are_seated(place: Nursery, of: SelectionRound) -> None:
    place.seats(of, "りんご", 3)
    for number, days in (("E", (20, 20)), ("F", (20, 20)), ("G", (20, 16)), ("H", (16, 16))):
        place.child(place.family(of, number, days), f"{number}1", "りんご")
    place.adopted(of)
    (reason,) = Placement.objects.get(child__number="H1").reasons
    assert (reason["own"], reason["lowest"]) == ("32", "36")


def test_no_letter_holds_a_datum_of_another_child(place: Nursery, of: SelectionRound) -> None:
    place.adopted(of)
    for letter in PlacementLetter.objects.select_related("placement__child"):
        text = json.dumps(letter.content, ensure_ascii=False)
        for other in of.children.exclude(pk=letter.placement.child_id):
            assert other.number not in text.replace(letter.placement.child.number, "")
            assert other.name not in text


def test_a_pin_that_costs_a_first_wish_says_only_that_it_was_settled_individually(
    place: Nursery, of: SelectionRound
) -> None:
    child = of.children.get(number="A1")
    pin = Directive.write(
        child, kind="pin", facility=place.facilities["みかん"], reason="care", text="秘密の事情", by=place.chief
    )
    pin.approve(by=place.director)
    run = place.adopted(of)
    (reason,) = Placement.objects.get(child=child).reasons
    assert reason == {"facility": "F1", "name": "もも保育園", "code": "pinned"}
    assert letter_content(child.placement)["reasons"][0].endswith("個別の調整によります。保育課へお尋ねください。")
    assert all("秘密" not in run.read(name).decode(errors="ignore") for name in run.files)


def test_the_letters_go_out_once_and_each_family_with_an_account_is_mailed(place: Nursery, of: SelectionRound) -> None:
    father = cast.resident()
    of.households.filter(number="A").update(applicant=father)
    place.adopted(of)
    assert notify(of, by=place.clerk) == 1
    assert Message.objects.filter(code="admission-result", user=father).count() == 1
    assert not PlacementLetter.objects.filter(sent_at=None).exists()
    with pytest.raises(Refused, match="通知はできません"):
        notify(of, by=place.clerk)


def test_a_family_answers_its_own_offer_and_a_refusal_stays(place: Nursery, of: SelectionRound) -> None:
    father = cast.resident()
    of.households.filter(number="A").update(applicant=father)
    place.adopted(of)
    placement = Placement.objects.get(child__number="A1")
    with pytest.raises(Refused, match="通知のあとに"):
        placement.answer("accepted", by=father)
    notify(of, by=place.clerk)
    placement = Placement.objects.get(child__number="A1")
    placement.answer("declined", by=father)
    with pytest.raises(Conflict):
        placement.answer("accepted", by=father)
    with pytest.raises(NotAllowed, match="申し込んだ人だけ"):
        Placement.objects.get(child__number="B1").answer("accepted", by=father)


def test_those_next_to_a_last_seat_are_recounted_by_hand(place: Nursery, of: SelectionRound) -> None:
    run = place.trial(place.settled(of))
    assert run.figures["edge"] == ["B1", "C1", "D1"]
    reopen_inputs(of, reason="手計算のため", by=place.clerk)
    HandRecount.enter(of.children.get(number="C1"), 32, by=place.second)
    assert PlacementRun.objects.filter(round=of, stale_at__isnull=False).count() == 1


def test_the_seed_is_public_only_after_the_letters(place: Nursery, of: SelectionRound) -> None:
    place.adopted(of)
    assert of.public_seed == ""
    notify(of, by=place.clerk)
    assert len(of.public_seed) == 64


def test_a_what_if_says_who_gains_and_who_loses_and_is_never_proposed(place: Nursery, of: SelectionRound) -> None:
    place.trial(place.settled(of))
    run = place.trial(of, kind="what_if", changes={"points": {"D1": 99}})
    found = read_document(run, "difference")
    assert [each["child"] for each in found["gain"]] == ["D1"]
    assert [each["child"] for each in found["lose"]] == ["B1", "C1"]
    with pytest.raises(NotYet):
        propose(run, by=place.clerk)
