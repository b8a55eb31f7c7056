"""A disclosed copy is asked for again at each press: department, disposal, and protected names that it would show."""

import pytest

from tests import cast
from tests.cast import cases
from tests.cast.cases import Counter
from todoke.audit.models import DataExport
from todoke.cases.models import StopFlag
from todoke.cases.records.disclosure_copy import DisclosureCopy
from todoke.cases.records.record_disposal import erase_case
from todoke.japanese.calendar import today
from todoke.records.models import Ground, RecordFile, WithheldPassage
from todoke.runtime.refusals import NotAllowed, Refused

pytestmark = pytest.mark.django_db


def filed(at: Counter) -> RecordFile:
    """The file of a decided case."""
    case = cases.decided(at)
    cases.work_off()
    return RecordFile.objects.get(number=case.number)


def test_a_protected_name_must_be_withheld_before_a_copy_leaves() -> None:
    at = cases.counter()
    file, client = filed(at), cast.signed_in(at.clerk)
    address = f"/office/records/{file.number}/disclosure/"
    StopFlag.place(name="山田花子", department=at.section, starts_on=today(), ends_on=today(), by=at.chief)
    refused = client.get(address)
    assert refused.status_code == 409
    assert "不開示にしてから" in refused.content.decode()
    assert f'href="/office/records/{file.number}/"' in refused.content.decode()
    assert not DataExport.objects.exists()
    for document in file.documents.all():
        WithheldPassage.withhold_all(document, ground=Ground.PERSONAL, by=at.clerk)
    taken = client.get(address)
    assert taken.content.startswith(b"%PDF")
    assert (taken["Cache-Control"], taken["X-Content-Type-Options"]) == ("no-store, private", "nosniff")
    assert DataExport.objects.get().title == f"開示用の写し {file.number}"


def test_another_section_and_a_disposed_file_are_refused_in_words() -> None:
    at = cases.counter()
    file = filed(at)
    with pytest.raises(NotAllowed, match="ほかの部署"):
        DisclosureCopy(file).require_taking(by=cases.stranger())
    file.transition(RecordFile.Status.NOMINATED)
    erase_case(file, by=at.chief)
    file.erase_content(RecordFile.Status.DISPOSED, by=at.chief)
    with pytest.raises(Refused, match="廃棄"):
        DisclosureCopy(file).require_taking(by=at.clerk)


def test_a_copy_that_names_nobody_protected_is_made() -> None:
    at = cases.counter()
    StopFlag.place(name="鈴木一郎", department=at.section, starts_on=today(), ends_on=today(), by=at.chief)
    taken = cast.signed_in(at.clerk).get(f"/office/records/{filed(at).number}/disclosure/")
    assert taken.content.startswith(b"%PDF")
