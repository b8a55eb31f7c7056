"""A clerk enters a paper application into the same service, and both names stay."""

import pytest

from tests.cast import cases, signed_in
from tests.cast.cases import stranger
from todoke.cases.models import Case, Draft

pytestmark = pytest.mark.django_db


def test_a_letter_is_entered_page_by_page_and_received_once() -> None:
    at = cases.counter()
    clerk = signed_in(at.clerk)
    begun = clerk.post(f"/office/counter/{at.release.offer.code}/draft/", {"channel": "post"})
    token = Draft.objects.get().submission.token
    assert begun["Location"] == f"/office/counter/drafts/{token}/pages/person/"
    wrong = clerk.post(begun["Location"], {**cases.FILLED, "copies": "99"})
    assert wrong.status_code == 200
    assert "10以下" in wrong.content.decode()
    saved = clerk.post(begun["Location"], cases.FILLED)
    assert saved["Location"] == f"/office/counter/drafts/{token}/check/"
    page = clerk.get(saved["Location"])
    seen = page.context["form"].initial["seen"]
    sent = {"seen": seen, "received_at": "", "reason": ""}
    first = clerk.post(f"/office/counter/drafts/{token}/receipt/", sent)
    second = clerk.post(f"/office/counter/drafts/{token}/receipt/", sent)
    case = Case.objects.get()
    assert first["Location"] == second["Location"] == f"/office/cases/{case.number}/"
    assert (case.recorded_by, case.channel, case.applicant) == (at.clerk, "post", None)


def test_another_section_cannot_begin_or_open_it() -> None:
    at = cases.counter()
    other = signed_in(stranger())
    assert other.post(f"/office/counter/{at.release.offer.code}/draft/", {"channel": "post"}).status_code == 404
    draft = cases.filled(at, at.clerk, channel="counter")
    assert other.get(f"/office/counter/drafts/{draft.submission.token}/check/").status_code == 404
