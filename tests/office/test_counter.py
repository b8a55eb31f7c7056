"""A clerk enters a paper application into the same service, and both names stay."""

import copy

import pytest

from tests.cast import cases, department, levels, resident, signed_in
from tests.cast.cases import stranger
from todoke.cases.models import Case, Draft
from todoke.federation.models import IdentityCheck
from todoke.organization.models import Post, Tenure

pytestmark = pytest.mark.django_db


def test_a_letter_is_entered_page_by_page_and_received_once() -> None:
    at = cases.counter()
    clerk = signed_in(at.clerk)
    begun = clerk.post(f"/office/counter/{at.release.offer.code}/draft/", {"channel": "post"})
    token = Draft.objects.get().submission.token
    assert begun["Location"] == f"/office/counter/drafts/{token}/pages/person/"
    wrong = clerk.post(begun["Location"], {**cases.FILLED, "copies": "99"})
    assert wrong.status_code == 422
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


def test_a_clerk_who_was_moved_opens_saves_and_receives_no_entry_of_the_former_section() -> None:
    at = cases.counter()
    draft, clerk = cases.filled(at, at.clerk, channel="counter"), signed_in(at.clerk)
    there = f"/office/counter/drafts/{draft.submission.token}/"
    page = clerk.get(f"{there}check/")
    assert "山田" in page.content.decode()
    sent = {"seen": page.context["form"].initial["seen"], "received_at": "", "reason": ""}
    post = Post.objects.create(department=department("税務課", "2020"), title="係員", role=Post.Role.CLERK)
    Tenure.objects.filter(user=at.clerk).update(post=post)
    assert clerk.get(f"{there}check/").status_code == 404
    assert clerk.get(f"{there}pages/person/").status_code == 404
    assert clerk.post(f"{there}pages/person/", {**cases.FILLED, "name__family": "別人"}).status_code == 404
    assert clerk.post(f"{there}receipt/", sent).status_code == 404
    assert draft.submission.token not in clerk.get("/office/counter/").content.decode()
    assert not Case.objects.exists()


@pytest.mark.parametrize("channel", ["counter", "post", "phone"])
@pytest.mark.parametrize("identity", ["account", "document", "card"])
def test_staff_enter_what_asks_for_an_identity_only_after_a_check(identity: str, channel: str) -> None:
    at = levels.asking(identity)
    clerk, address = signed_in(at.clerk), f"/office/counter/{at.release.offer.code}/draft/"
    refused = clerk.post(address, {"channel": channel, "identified_by": ""}, follow=True)
    assert "申請者の本人確認が必要です" in refused.content.decode()
    assert not Draft.objects.exists()
    clerk.post(address, {"channel": channel, "identified_by": "counter"})
    check, draft = IdentityCheck.objects.get(), Draft.objects.get()
    assert (check.draft_token, check.method, check.by) == (draft.submission.token, "counter", at.clerk)
    page = clerk.get(f"/office/counter/drafts/{draft.submission.token}/check/").content.decode()
    assert "窓口で本人確認書類を見た" in page


def test_an_entry_whose_check_is_gone_is_neither_saved_nor_received() -> None:
    at = levels.asking("card")
    clerk = signed_in(at.clerk)
    clerk.post(f"/office/counter/{at.release.offer.code}/draft/", {"channel": "post", "identified_by": "document"})
    token = Draft.objects.get().submission.token
    IdentityCheck.objects.all().delete()
    assert clerk.post(f"/office/counter/drafts/{token}/pages/person/", cases.FILLED).status_code == 403
    Draft.objects.get().submission.save_page("person", cases.FILLED, by=at.clerk)
    seen = clerk.get(f"/office/counter/drafts/{token}/check/").context["form"].initial["seen"]
    answer = clerk.post(f"/office/counter/drafts/{token}/receipt/", {"seen": seen})
    assert "申請者の本人確認が必要です" in answer.content.decode()
    assert not Case.objects.exists()


def test_a_person_whose_documents_were_seen_applies_online_afterwards() -> None:
    at, hanako = levels.asking("document"), resident()
    browser, address = signed_in(hanako), f"/procedures/{at.release.procedure.number}/application/"
    assert "窓口で本人確認書類を見せる" in browser.post(address).content.decode()
    typed = {"email": hanako.email, "method": "counter"}
    done = signed_in(at.clerk).post("/office/counter/identity-check/", typed, follow=True)
    assert "「山田 花子」さんの本人確認を記録しました" in done.content.decode()
    assert browser.post(address).headers["Location"].startswith("/applications/")


def test_a_person_without_a_telephone_whose_card_was_seen_is_entered_and_gets_a_slip() -> None:
    at = cases.counter()
    document = copy.deepcopy(cases.DOCUMENT)
    asked = document["pages"][0]["groups"][0]["questions"]
    asked += [{"id": "phone", "kind": "phone", "label": "電話番号"}, {"id": "card", "kind": "file", "label": "身分証"}]
    release = cases.release(at.section, document=document, code="with-papers", serial=77)
    clerk = signed_in(at.clerk)
    begun = clerk.post(f"/office/counter/{release.offer.code}/draft/", {"channel": "counter"})
    checked = clerk.get(clerk.post(begun["Location"], {**cases.FILLED, "phone": ""})["Location"])
    page = checked.content.decode()
    assert "「電話番号」が空です。ないときや、分からないときは、空のまま受け付けられます。" in page
    assert "「身分証」が空です。原本を見たときは、空のまま受け付けられます。" in page
    sent = {"seen": checked.context["form"].initial["seen"], "received_at": "", "reason": ""}
    token = Draft.objects.get().submission.token
    assert "山田 花子" in clerk.get("/office/counter/").content.decode(), "the entry is found again by its name"
    answer = clerk.post(f"/office/counter/drafts/{token}/receipt/", sent, follow=True).content.decode()
    number = Case.objects.get().number
    assert f'<a href="/office/cases/{number}/slip/">受付票を印刷して</a>' in answer
    slip = clerk.get(f"/office/cases/{number}/slip/").content.decode()
    assert number in slip
    assert "山田 花子 様" in slip
    assert "戸籍住民課 係員" in slip
