import pytest
from django.db import IntegrityError, transaction

from tests.cast.admissions import Nursery, nursery
from todoke.admissions.models import ApplicantChild, Directive
from todoke.audit.models import Entry
from todoke.runtime.refusals import Conflict, NotAllowed, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Nursery:
    return nursery()


@pytest.fixture
def child(place: Nursery) -> ApplicantChild:
    of = place.opened()
    place.seats(of, "もも", 2)
    return place.child(place.family(of, "A"), "A1", "もも", "みかん")


def written(place: Nursery, child: ApplicantChild, kind: str = "pin", name: str = "もも") -> Directive:
    return Directive.write(
        child, kind=kind, facility=place.facilities[name], reason="care", text="面談で聞いた事情", by=place.chief
    )


def test_the_reason_is_sealed_and_each_reading_is_kept(place: Nursery, child: ApplicantChild) -> None:
    pin = written(place, child)
    assert "面談" not in Directive.objects.values_list("sealed_text", flat=True).get()
    assert pin.read_text(by=place.director) == "面談で聞いた事情"
    assert Entry.objects.filter(act="指示の理由の閲覧", actor=place.director).count() == 1
    with pytest.raises(NotAllowed):
        pin.read_text(by=place.clerk)


def test_a_clerk_neither_sees_nor_writes_directives(place: Nursery, child: ApplicantChild) -> None:
    written(place, child)
    assert not Directive.objects.visible_to(place.clerk).exists()
    assert Directive.objects.visible_to(place.director).count() == 1
    with pytest.raises(NotAllowed):
        Directive.write(
            child, kind="forbid", facility=place.facilities["もも"], reason="care", text="事情", by=place.clerk
        )


def test_it_binds_once_another_person_approves_it(place: Nursery, child: ApplicantChild) -> None:
    pin = written(place, child)
    with pytest.raises(NotAllowed, match="自分が書いた指示"):
        pin.approve(by=place.chief)
    assert not Directive.objects.binding().exists()
    pin.approve(by=place.director)
    assert Directive.objects.binding().get() == pin
    with pytest.raises(Conflict):
        pin.approve(by=place.director)


def test_a_child_has_one_live_pin_also_in_the_database(place: Nursery, child: ApplicantChild) -> None:
    pin = written(place, child)
    with pytest.raises(Conflict, match="すでに指示"):
        written(place, child, name="みかん")
    twin = Directive(
        round=child.round, child=child, kind="pin", facility=place.facilities["みかん"], reason="care",
        sealed_text="x", author=place.chief,
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()
    pin.withdraw(reason="面談で取りやめ", by=place.chief)
    assert written(place, child, name="みかん").kind == "pin"
    assert Directive.objects.count() == 2


def test_it_is_withdrawn_with_a_reason_and_stays(place: Nursery, child: ApplicantChild) -> None:
    pin = written(place, child)
    with pytest.raises(Refused, match="理由"):
        pin.withdraw(reason=" ", by=place.chief)
    pin.withdraw(reason="事情が変わった", by=place.chief)
    with pytest.raises(Conflict):
        pin.withdraw(reason="もう一度", by=place.chief)
    assert Directive.objects.get().withdrawal == "事情が変わった"
