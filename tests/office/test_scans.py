"""A clerk scans what came by post: counted, checked field by field, received as at the counter, finished."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import cases, scans, signed_in
from todoke.cases.models import Case
from todoke.scans.models import FieldVerification, ScanBatch, ScanSheet
from todoke.scans.recognition.page_registration import A4, corners_of

pytestmark = pytest.mark.django_db


def upload(client: Client, of: ScanBatch, *numbers: int) -> str:
    files = [SimpleUploadedFile(f"紙{number}.png", scans.png(number), "image/png") for number in numbers]
    return client.post(f"/office/scans/{of.token}/sheets/", {"pictures": files}, follow=True).content.decode()


def page(client: Client, of: ScanBatch, end: str = "") -> str:
    return client.get(f"/office/scans/{of.token}/{end}").content.decode()


def values(client: Client, of: ScanBatch, **other: str) -> dict[str, str]:
    text = page(client, of, "applications/1/")
    shown = text.split('name="shown" value="')[1].split('"')[0]
    return {"shown": shown, **{f"value-{key}": value for key, value in {**scans.WRITTEN, **other}.items()}}


def test_from_the_stack_of_paper_to_the_last_case_without_a_reader() -> None:
    at = cases.counter()
    template, client = scans.template(at), signed_in(at.clerk)
    began = {"template": template.pk, "channel": "post", "claimed": "1", "received_at": "2026-04-02T09:30"}
    answer = client.post("/office/scans/entry/", began)
    of = ScanBatch.objects.get()
    assert answer.headers["Location"] == f"/office/scans/{of.token}/"
    assert "読取りの部品が入っていません" in page(client, of)
    assert "1枚を取り込みました" in upload(client, of, 1)
    client.post(f"/office/scans/{of.token}/checking/")
    text = page(client, of, "applications/1/")
    assert 'viewBox="' in text
    assert "受け付ける</button>" not in text
    client.post(f"/office/scans/{of.token}/applications/1/verification/", values(client, of))
    assert "受け付ける</button>" in page(client, of, "applications/1/")
    client.post(f"/office/scans/{of.token}/applications/1/receipt/")
    case = Case.objects.get()
    assert case.received_at.isoformat() == "2026-04-02T00:30:00+00:00"
    assert case.number in page(client, of)
    assert f"/office/scans/{of.token}/applications/1/" in client.get(f"/office/cases/{case.number}/").content.decode()
    client.post(f"/office/scans/{of.token}/completion/")
    of.refresh_from_db()
    assert of.status == "done"


def test_a_picture_that_came_twice_and_a_file_that_is_none_are_told_and_the_rest_is_kept() -> None:
    at = cases.counter()
    of, client = scans.batch(at, claimed=3), signed_in(at.clerk)
    upload(client, of, 1)
    files = [SimpleUploadedFile("a.png", scans.png(1)), SimpleUploadedFile("b.png", b"no picture"),
             SimpleUploadedFile("c.png", scans.png(2))]  # fmt: skip
    text = client.post(f"/office/scans/{of.token}/sheets/", {"pictures": files}, follow=True).content.decode()
    assert "1枚を取り込みました" in text
    assert "「a.png」は、この束の1件目の1ページと同じ画像です" in text
    assert "「b.png」は取り込みませんでした" in text
    assert ScanSheet.objects.count() == 2


def test_what_the_form_refuses_stands_at_its_field_with_the_way_to_the_counter() -> None:
    at = cases.counter()
    of, client = scans.batch(at), signed_in(at.clerk)
    scans.sheet(of)
    of.begin_checking(by=at.clerk)
    client.post(f"/office/scans/{of.token}/applications/1/verification/", values(client, of, copies="99"))
    answer = client.post(f"/office/scans/{of.token}/applications/1/receipt/")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "様式の決まりに合わないところがあります" in text
    assert 'name="value-copies"' in text
    assert 'value="99"' in text
    assert "/office/counter/drafts/" in text


def test_only_the_filled_fields_are_kept_where_somebody_asks_for_that() -> None:
    at = cases.counter()
    of, client = scans.batch(at), signed_in(at.clerk)
    scans.sheet(of)
    of.begin_checking(by=at.clerk)
    sent = values(client, of, email="", copies="", name__given="")
    client.post(f"/office/scans/{of.token}/applications/1/verification/", {**sent, "filled": "1"})
    assert FieldVerification.objects.count() == 4
    assert "3個の欄を保存する" in page(client, of, "applications/1/")


def test_a_page_that_is_not_ours_or_a_week_old_is_refused_in_words() -> None:
    at = cases.counter()
    of, client = scans.batch(at), signed_in(at.clerk)
    scans.sheet(of)
    of.begin_checking(by=at.clerk)
    sent = {**values(client, of), "shown": "forged"}
    answer = client.post(f"/office/scans/{of.token}/applications/1/verification/", sent)
    assert answer.status_code == 409
    assert "画面が古くなりました" in answer.content.decode()
    assert not FieldVerification.objects.exists()


def test_the_picture_leaves_to_its_section_alone_and_stays_in_no_cache() -> None:
    at = cases.counter()
    sheet = scans.sheet(scans.batch(at))
    answer = signed_in(at.clerk).get(f"/office/scans/sheets/{sheet.token}/image/")
    assert b"".join(answer) == scans.png(1)
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert signed_in(cases.stranger()).get(f"/office/scans/sheets/{sheet.token}/image/").status_code == 404


def test_a_stranger_is_told_of_no_batch() -> None:
    of, other = scans.filled_batch(cases.counter()), signed_in(cases.stranger())
    for end in ("", "applications/1/"):
        assert other.get(f"/office/scans/{of.token}/{end}").status_code == 404
    assert other.post(f"/office/scans/{of.token}/applications/1/receipt/").status_code == 404
    assert "証明書の請求" not in other.get("/office/scans/").content.decode()


def test_a_form_with_a_my_number_takes_no_picture_without_a_reader() -> None:
    at = cases.counter()
    of, client = scans.batch(at, template=scans.with_my_number(at)), signed_in(at.clerk)
    text = upload(client, of, 1)
    assert "個人番号の欄があります" in text
    assert not ScanSheet.objects.exists()


def test_the_page_of_times_says_what_is_missing() -> None:
    at = cases.counter()
    scans.filled_batch(at)
    text = signed_in(at.clerk).get("/office/scans/figures/").content.decode()
    assert "まだ測れていません" in text
    assert "基準の測定があと30件" in text
    assert "実測していません" in text


def test_a_sheet_without_marks_is_aligned_by_four_presses_without_a_script() -> None:
    at = cases.counter()
    of, client = scans.batch(at), signed_in(at.clerk)
    sheet = scans.sheet(of)
    path, scale = f"/office/scans/sheets/{sheet.token}/corners/", 900 / scans.WIDTH
    presses = [(round(x * scans.WIDTH / 210 * scale), round(y * scans.HEIGHT / 297 * scale))
               for x, y in corners_of(A4)]  # fmt: skip
    assert "左上の印" in client.get(path).content.decode()
    text = ""
    for number, (x, y) in enumerate(presses):
        text = client.post(path, {"corner.x": x, "corner.y": y, "seen": [f"{u},{v}" for u, v in presses[:number]]},
                           follow=True).content.decode()  # fmt: skip
    sheet.refresh_from_db()
    assert "位置を合わせました" in text
    assert sheet.alignment == "hand"


def test_four_presses_that_are_no_page_are_refused_in_words() -> None:
    at = cases.counter()
    sheet = scans.sheet(scans.batch(at))
    path = f"/office/scans/sheets/{sheet.token}/corners/"
    sent = {"corner.x": 5, "corner.y": 5, "seen": ["5,5", "6,6", "7,7"]}
    assert "紙の四隅になっていません" in signed_in(at.clerk).post(path, sent).content.decode()
    sheet.refresh_from_db()
    assert sheet.alignment == "none"
