"""Files are kept, held back, lengthened, and disposed of only after a decision of its own."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests import cast
from tests.cast import records
from tests.cast.records import SECRET
from todoke.accounts.actors import System
from todoke.audit import log
from todoke.organization.models import Post
from todoke.records import signals
from todoke.records.models import Disposal, Document, RecordFile, WithheldPassage
from todoke.records.models.disclosure import Ground
from todoke.runtime.refusals import NotAllowed, Refused

pytestmark = pytest.mark.django_db
DESTROY = Disposal.Kind.DESTROY


def approved(*files: RecordFile) -> Disposal:
    disposal = Disposal.create_list(files, kind=DESTROY, by=System())
    disposal.approve(decision="K2026-000001", list_hash=disposal.list_hash, by=System())
    return disposal


def test_a_file_is_kept_by_its_classification_and_filed_once() -> None:
    file = records.file()
    assert (str(file.starts_on), str(file.expires_on)) == ("2016-04-01", "2021-03-31")
    assert records.file().pk == file.pk
    assert Document.objects.count() == 2


def test_only_expired_files_that_nobody_holds_back_are_disposable() -> None:
    old, held = records.file("A"), records.file("B")
    records.file("C", closed_on=date(2026, 5, 1))
    records.file("D", classification=records.classification(0))
    held.place_hold(reason="係争中", by=System())
    assert list(RecordFile.objects.disposable(date(2026, 11, 22))) == [old]
    with pytest.raises(Refused, match="B"):
        Disposal.create_list([old, held], kind=DESTROY, by=System())


def test_on_its_last_day_a_file_is_still_kept() -> None:
    records.file()
    assert not RecordFile.objects.disposable(date(2021, 3, 31)).exists()
    assert RecordFile.objects.disposable(date(2021, 4, 1)).exists()


def test_nothing_is_erased_before_the_decision_on_exactly_this_list() -> None:
    disposal = Disposal.create_list([records.file()], kind=DESTROY, by=System())
    with pytest.raises(Refused):
        disposal.execute(by=System())
    with pytest.raises(Refused):
        disposal.approve(decision="K2026-000001", list_hash="別の一覧", by=System())
    with pytest.raises(IntegrityError), transaction.atomic():
        Disposal.objects.filter(pk=disposal.pk).update(status="done")
    assert Document.objects.exists()


def test_disposal_erases_what_was_written_and_keeps_the_counts() -> None:
    file = records.file()
    heard: list[str] = []

    def listener(**news: Any) -> None:
        heard.append(news["file"].number)

    signals.before_erase.connect(listener)
    assert approved(file).execute(by=System()) == 1
    signals.before_erase.disconnect(listener)
    gone = RecordFile.objects.get()
    assert heard == [file.number]
    assert (gone.status, gone.title, gone.kind, gone.outcome) == ("disposed", "(廃棄済み)", "犬の登録申請", "認容")
    assert not Document.objects.exists()
    assert list(log.verify()) == []


def test_a_file_held_back_after_the_decision_goes_back_to_the_shelf() -> None:
    file, other = records.file("A"), records.file("B")
    disposal = approved(file, other)
    file.place_hold(reason="監査", by=System())
    assert disposal.execute(by=System()) == 1
    file.refresh_from_db()
    assert file.status == RecordFile.Status.KEPT
    assert file.documents.exists()


def test_a_dropped_list_keeps_its_files() -> None:
    file = records.file()
    Disposal.create_list([file], kind=DESTROY, by=System()).cancel(by=System())
    assert list(RecordFile.objects.disposable()) == [file]


def test_an_extension_lengthens_the_period_and_needs_a_reason() -> None:
    file = records.file()
    with pytest.raises(Refused):
        file.extend(1, reason=" ", by=System())
    file.extend(3, reason="継続事業のため", by=System())
    file.extend(1, reason="再延長", by=System())
    assert file.expires_on == date(2025, 3, 31)


def test_only_a_director_ends_permanence_and_only_to_thirty_years() -> None:
    file = records.file(classification=records.classification(0))
    director = cast.staff("部長", "director@example.lg.jp", Post.Role.DIRECTOR)
    with pytest.raises(NotAllowed):
        file.shorten_permanent(30, by=cast.clerk())
    with pytest.raises(Refused):
        file.shorten_permanent(5, by=director)
    file.shorten_permanent(30, by=director)
    assert file.expires_on == date(2046, 3, 31)


def test_a_lifted_hold_cannot_be_lifted_again() -> None:
    hold = records.file().place_hold(reason="訴訟", by=System())
    hold.lift(by=System())
    with pytest.raises(Refused):
        hold.lift(by=System())
    assert RecordFile.objects.disposable().exists()


def test_a_transferred_file_leaves_the_shelf_as_well() -> None:
    disposal = Disposal.create_list([records.file()], kind=Disposal.Kind.TRANSFER, by=System())
    disposal.approve(decision="K2026-000002", list_hash=disposal.list_hash, by=System())
    disposal.execute(by=System())
    assert RecordFile.objects.get().status == RecordFile.Status.TRANSFERRED


def test_passages_are_erased_with_their_document() -> None:
    file = records.file()
    WithheldPassage.withhold(file.documents.get(name="申請書"), SECRET, ground=Ground.PERSONAL, by=System())
    approved(file).execute(by=System())
    assert not WithheldPassage.objects.exists()
