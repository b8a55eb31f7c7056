"""A designer takes the boxes of the form that the house prints; the marks and codes are on the paper."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader

from tests import cast
from tests.cast import cases, scans, signed_in
from todoke.continuity.paperpack import boxes_of, print_form
from todoke.scans.models import ScanTemplate, ScanTemplateDraft
from todoke.scans.printed_form import fields_of_boxes

pytestmark = pytest.mark.django_db


def test_every_question_of_the_form_has_its_box_on_the_paper() -> None:
    fields = {field.key: field for field in fields_of_boxes(boxes_of(cases.counter().release))}
    assert set(fields) == set(cases.FILLED)
    assert fields["name__family"].label == "氏名 氏"
    assert fields["welfare"].choices == ("yes", "no")
    assert all(18 <= field.box.x <= 192 and 19 <= field.box.y <= 279 for field in fields.values())


def test_no_two_boxes_of_a_page_lie_on_one_another() -> None:
    found = [(field.page, mark.box) for field in fields_of_boxes(boxes_of(cases.counter().release))
             for mark in (field.marks or (field,))]  # fmt: skip
    for number, (page, one) in enumerate(found):
        for other_page, other in found[number + 1 :]:
            apart = (
                one.x + one.width <= other.x or other.x + other.width <= one.x
                or one.y + one.height <= other.y or other.y + other.height <= one.y
            )  # fmt: skip
            assert page != other_page or apart


def test_a_designer_publishes_the_template_of_a_printed_form_once() -> None:
    at = cases.counter()
    client = signed_in(cast.staff("設計 担当", "design@example.lg.jp", "designer", cast.department("DX課", "1002")))
    assert "証明書の請求" in client.get("/studio/scan-templates/").content.decode()
    answer = client.post(f"/studio/scan-templates/{at.release.offer.code}/printed-form/")
    made = ScanTemplate.objects.get()
    assert (made.key, made.version, made.department) == (at.release.offer.code, at.release.number, at.section)
    text = client.get(answer.headers["Location"]).content.decode()
    assert "氏名 氏" in text
    assert "人が確かめる" in text
    assert client.post(f"/studio/scan-templates/{at.release.offer.code}/printed-form/").status_code == 404
    with pytest.raises(TypeError):
        made.save()


def test_a_clerk_makes_no_template_and_a_chief_only_of_the_own_section() -> None:
    at, other = cases.counter(), cases.counter("税務課", "2020")
    path = f"/studio/scan-templates/{at.release.offer.code}/printed-form/"
    assert signed_in(at.clerk).post(path).status_code == 403
    assert signed_in(other.chief).post(path).status_code == 404
    assert signed_in(at.chief).post(path).status_code == 302
    assert ScanTemplate.objects.count() == 1


def test_the_paper_bears_a_code_on_every_page_and_still_every_question() -> None:
    pages = PdfReader(io.BytesIO(print_form(cases.counter().release))).pages
    text = "".join(page.extract_text() for page in pages)
    for words in ("氏(フリガナ)", "通数", "生活保護を受けていますか", "受け取りの控え"):
        assert words in text


def begun(at: cases.Counter) -> tuple[Client, ScanTemplateDraft]:
    client = signed_in(at.chief)
    blank = SimpleUploadedFile("白紙.png", scans.png(9), "image/png")
    answer = client.post("/studio/scan-templates/drafts/", {"code": at.release.offer.code, "pictures": [blank]})
    draft = ScanTemplateDraft.objects.get()
    assert answer.headers["Location"] == f"/studio/scan-templates/drafts/{draft.token}/"
    return client, draft


def draw(client: Client, draft: ScanTemplateDraft, field: str, **given: str) -> str:
    draft.refresh_from_db()
    sent = {"field": field, "seen": str(draft.revision), "page": "1", "policy": "check", **given}
    return client.post(f"/studio/scan-templates/drafts/{draft.token}/field/", sent, follow=True).content.decode()


def test_a_chief_draws_the_boxes_of_the_own_blank_and_publishes_them() -> None:
    at = cases.counter()
    client, draft = begun(at)
    assert "氏名 氏" in client.get(f"/studio/scan-templates/drafts/{draft.token}/").content.decode()
    assert "枠を置きました" in draw(client, draft, "name__family", box="70 40 60 9")
    assert "枠を置きました" in draw(client, draft, "welfare", **{"box-0": "70 150 4 4", "box-1": "９０ 150 4 4"})
    draft.refresh_from_db()
    answer = client.post(f"/studio/scan-templates/drafts/{draft.token}/publication/", {"seen": draft.revision})
    made = ScanTemplate.objects.get()
    assert (made.variant, [field.key for field in made.fields]) == ("blank", ["name__family", "welfare"])
    assert made.field("welfare").choices == ("yes", "no")
    assert "課の様式" in client.get("/studio/scan-templates/").content.decode()
    assert client.get(answer.headers["Location"]).status_code == 200
    assert not ScanTemplateDraft.objects.exists()


def test_a_box_that_is_none_is_said_beside_its_input_and_nothing_typed_is_lost() -> None:
    client, draft = begun(cases.counter())
    text = draw(client, draft, "name__family", box="七十")
    assert "四つの数" in text
    assert "七十" in text
    assert "はみ出しています" in draw(client, draft, "name__family", box="200 40 60 9")
    draft.refresh_from_db()
    assert draft.document == []


def test_who_saw_an_older_draft_overwrites_nothing() -> None:
    client, draft = begun(cases.counter())
    draw(client, draft, "name__family", box="70 40 60 9")
    assert "ほかの人が先に" in draw(client, draft, "name__given", seen="1", box="70 60 60 9")
    draft.refresh_from_db()
    assert [field.key for field in draft.fields] == ["name__family"]
    client.post(f"/studio/scan-templates/drafts/{draft.token}/field-removal/", {"field": "name__family", "seen": "2"})
    draft.refresh_from_db()
    assert draft.fields == ()


def test_a_name_has_no_way_to_pass_unchecked_in_the_form() -> None:
    client, draft = begun(cases.counter())
    text = client.get(f"/studio/scan-templates/drafts/{draft.token}/?field=name__family").content.decode()
    assert "実績がそろえば" not in text
    assert "候補にありません" in draw(client, draft, "name__family", box="70 40 60 9", policy="auto")


def test_the_blank_of_another_section_is_not_there() -> None:
    _, draft = begun(cases.counter())
    other = signed_in(cases.counter("税務課", "2020").chief)
    for end in ("", "pages/1/"):
        assert other.get(f"/studio/scan-templates/drafts/{draft.token}/{end}").status_code == 404


def test_a_draft_is_given_up_with_its_pictures() -> None:
    client, draft = begun(cases.counter())
    client.post(f"/studio/scan-templates/drafts/{draft.token}/disposal/")
    assert not ScanTemplateDraft.objects.exists()
