"""A section asks on a page, is told what is missing, and only the data team accepts, calculates and concludes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import cast
from tests.cast import meetings, signed_in, studies
from todoke.insights.models import Study, StudyPlan

pytestmark = pytest.mark.django_db


def test_a_question_becomes_a_draft_that_names_what_is_missing() -> None:
    clerk = cast.clerk()
    client, section = signed_in(clerk), clerk.tenures.get().post.department
    sent = {"title": "出張申請で交付は増えたか。", "department": section.pk}
    answer = client.post("/board/studies/registration/", sent)
    study = Study.objects.get()
    assert answer["Location"] == f"/board/studies/{study.number}/correction/"
    client.post(answer["Location"], {"title": sent["title"], "whose": "市民", "change_unit": "ポイント"})
    page = client.get(f"/board/studies/{study.number}/").content.decode()
    assert "やめる条件" in page.split("申し込むまでに")[1].split("</p>")[0]
    refused = client.post(f"/board/studies/{study.number}/submission/", follow=True).content.decode()
    assert "まだ足りません" in refused


def test_another_section_does_not_see_a_draft_and_may_not_accept() -> None:
    study = studies.study(cast.clerk())
    other = cast.staff("他課", "other@example.lg.jp", section=cast.department("税務課", "2010"))
    client = signed_in(other)
    assert client.get(f"/board/studies/{study.number}/").status_code == 404
    study.submit(by=cast.headquarters())
    assert client.get(f"/board/studies/{study.number}/").status_code == 200
    assert client.post(f"/board/studies/{study.number}/acceptance/").status_code == 403


def test_the_data_team_calculates_from_a_file() -> None:
    study, by = studies.submitted(), meetings.secretary()
    study.accept(by=by)
    StudyPlan.register(study, by=by)
    file = SimpleUploadedFile("cards.csv", studies.card_table())
    page = signed_in(by).post(f"/board/studies/{study.number}/calculation/", {"file": file}, follow=True)
    text = page.content.decode()
    assert "効果があったとは言えません" in text
    assert "63のうち7" in text
    assert "1.239" in text


def test_a_handed_in_study_is_not_rewritten_by_the_draft_page() -> None:
    clerk = cast.clerk()
    study = studies.submitted(clerk)
    answer = signed_in(clerk).post(f"/board/studies/{study.number}/correction/", {"title": "別の問い"})
    assert answer.status_code == 422
    assert Study.objects.get().title != "別の問い"


def test_a_plan_is_changed_on_a_page_with_its_reason() -> None:
    study, by = studies.submitted(), meetings.secretary()
    study.accept(by=by)
    StudyPlan.register(study, by=by)
    sent = {
        "reason": "相手を広げる", "design": "difference", "treated": "和光市", "compared": "全市町村",
        "before_on": "2021-02-01", "after_on": "2021-04-01", "smallest": "2", "stop_rule": "届かなければやめる",
        "change_unit": "ポイント",
    }  # fmt: skip
    answer = signed_in(by).post(f"/board/studies/{study.number}/plan-change/", sent)
    assert answer.status_code == 302
    assert StudyPlan.objects.get(version=2).content["compared"] == "全市町村"
