"""Another system reads the applications of its section by key, and no others; what it hands in is one case."""

import base64
import hashlib
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.cast import signed_in
from tests.cast.api import Caller, caller, said
from tests.cast.cases import DOCUMENT, case, counter, release
from tests.cast.integrations import administrators
from tests.cast.races import together
from todoke.accounts.rate_limits import RateLimit
from todoke.api import key_authentication
from todoke.api.version1 import api
from todoke.audit.models import Entry
from todoke.cases.models import Case, StopFlag
from todoke.cases.models.status import Status
from todoke.formbuilder.models import Submission
from todoke.integrations.models import ApiKey, HandedIn
from todoke.japanese.calendar import today

pytestmark = pytest.mark.django_db


def test_a_case_is_read_with_its_status_and_without_a_name() -> None:
    at = counter(fee=300)
    found = case(at)
    answer = caller(at).get(f"/cases/{found.number}")
    told = said(answer)
    assert (told["number"], told["status"]) == (found.number, {"code": "received", "label": "受付"})
    assert told["payment"]["label"]
    assert "山田" not in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert told["received_at"].endswith(("Z", "+00:00"))


def test_a_list_is_read_to_its_end_by_key_in_constant_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    at = counter()
    numbers = [case(at).number for _ in range(5)]
    by = caller(at)
    pages, after = [], ""
    while True:
        with django_assert_max_num_queries(8):
            told = said(by.get(f"/cases?limit=2&after={after}"))
        pages += [each["number"] for each in told["items"]]
        after = told["next"]
        if after is None:
            break
    assert pages == numbers
    assert said(by.get("/cases?status=review"))["items"] == []
    later = (timezone.now() + timedelta(hours=1)).isoformat().replace("+", "%2B")
    assert said(by.get(f"/cases?since={later}"))["items"] == []


@pytest.mark.parametrize("wrong", ["recieved", "RECEIVED", "", "%00"])
def test_a_misspelt_status_is_told_with_those_that_there_are(wrong: str) -> None:
    answer = caller(counter()).get(f"/cases?status={wrong}")
    assert answer.status_code == 422
    [fault] = said(answer)["faults"]
    assert fault["field"] == "query.status"
    assert all(status in fault["detail"] for status in Status.values)


def test_every_address_gives_another_sections_machine_nothing() -> None:
    """All operations of the description, asked about the application of another section."""
    here, there = counter(), counter("税務課", "2020")
    found, by = case(here), caller(there)
    missing = by.get("/cases/2026-999999-9")
    asked = 0
    for path, operations in api.get_openapi_schema()["paths"].items():
        for method, told in operations.items():
            if "{number}" not in path:
                continue
            asked += 1
            body = (
                {"status": "review", "reason": "理由"}
                if method == "put"
                else {"text": "結果"}
                if method == "post"
                else None
            )
            at = path.removeprefix("/api/v1").replace("{number}", found.number).replace("{token}", "x")
            answer = by.call(method.upper(), at, body, **{"Idempotency-Key": "key-0001"})
            assert (answer.status_code, answer.content) == (404, missing.content), told["operationId"]
    assert asked == 5
    assert said(by.get("/cases"))["items"] == []
    assert by.get(f"/cases?after={found.number}").status_code == 404
    refused = by.hand_in(here, "key-0002")
    assert refused.status_code == 403
    assert Case.objects.count() == 1
    assert not HandedIn.objects.exists()
    found.refresh_from_db()
    assert found.status == Status.RECEIVED


def test_without_a_key_nothing_opens_and_a_session_is_no_key() -> None:
    at = counter()
    found = case(at)
    for client in (Client(), signed_in(at.clerk)):
        answer = client.get(f"/api/v1/cases/{found.number}")
        assert answer.status_code == 401
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        assert "鍵" in said(answer)["title"]


def test_a_revoked_an_expired_or_a_strangers_key_opens_nothing() -> None:
    at = counter()
    by = caller(at)
    assert by.get("/cases").status_code == 200
    key = ApiKey.objects.get()
    assert key.used_on == today()
    past = timezone.now() - timedelta(days=60)
    ApiKey.objects.update(issued_at=past, expires_at=past + timedelta(days=30))
    assert by.get("/cases").status_code == 401
    assert Caller("tdk_123456789012_" + "A" * 43).get("/cases").status_code == 401
    assert Caller("なまえ").get("/cases").status_code == 401


def test_a_key_in_an_address_is_refused_and_revoked() -> None:
    by = caller(counter())
    answer = by.get(f"/cases?key={by.key}")
    assert answer.status_code == 400
    assert "失効" in said(answer)["detail"]
    assert by.get("/cases").status_code == 401
    assert Entry.objects.filter(act="連携鍵の失効").count() == 1


def test_a_key_opens_only_from_the_networks_of_its_partner() -> None:
    by = caller(counter(), networks="10.1.0.0/16")
    assert by.get("/cases").status_code == 401
    assert (
        by.client.get(
            "/api/v1/cases", headers={"Authorization": f"Bearer {by.key}"}, REMOTE_ADDR="10.1.2.3"
        ).status_code
        == 200
    )


def test_a_scope_narrows_what_the_post_allows() -> None:
    at = counter()
    found, by = case(at), caller(at, scopes=["cases.status"])
    assert by.get(f"/cases/{found.number}").status_code == 200
    for path in ("answers", "files/x"):
        answer = by.get(f"/cases/{found.number}/{path}")
        assert answer.status_code == 403
        assert "許されていません" in said(answer)["detail"]
    assert by.hand_in(at, "key-0001").status_code == 403


def test_the_end_of_the_partner_ends_its_reading_at_once() -> None:
    at = counter()
    by = caller(at)
    ApiKey.objects.get().machine.partner.end(by=administrators()[0], reason="契約の終了")
    assert by.get("/cases").status_code == 401


def test_answers_are_read_without_the_my_number_and_each_reading_is_recorded() -> None:
    at = counter()
    document = {**DOCUMENT, "my_number_basis": "番号法別表の項(見本)"}
    questions = [
        *DOCUMENT["pages"][0]["groups"][0]["questions"],
        {"id": "mine", "kind": "my_number", "label": "個人番号"},
    ]
    document["pages"] = [{**DOCUMENT["pages"][0], "groups": [{"id": "who", "title": "", "questions": questions}]}]
    at.release = release(at.section, code="numbered", serial=9, document=document)
    found, by = case(at, mine="123456789018"), caller(at)
    told = said(by.get(f"/cases/{found.number}/answers"))
    assert {"name", "copies", "welfare"} <= {each["question"] for each in told["answers"]}
    assert "mine" not in {each["question"] for each in told["answers"]}
    assert "123456789018" not in str(told)
    assert Entry.objects.filter(subject=f"cases.case/{found.pk}", act="閲覧").count() == 1


def test_the_content_of_a_protected_persons_case_is_not_handed_out() -> None:
    at = counter()
    found, by = case(at), caller(at)
    StopFlag.place(name="山田 花子", department=at.section, starts_on=today(), ends_on=today(), by=at.chief)
    answer = by.get(f"/cases/{found.number}/answers")
    assert answer.status_code == 403
    assert "職員に確認" in said(answer)["detail"]
    assert "山田" not in answer.content.decode()


def test_an_application_handed_in_twice_is_one_case() -> None:
    at = counter()
    by = caller(at, channel="national")
    first, again = by.hand_in(at, "key-0001"), by.hand_in(at, "key-0001")
    assert (first.status_code, again.status_code) == (201, 200)
    assert said(first)["number"] == said(again)["number"]
    assert said(again)["again"]
    found = Case.objects.get()
    assert (found.applicant_name, found.channel, found.department) == ("山田 花子", "national", at.section)
    other = by.hand_in(at, "key-0001", answers={"copies": "3"})
    assert other.status_code == 409
    assert "再送キー" in said(other)["detail"]
    assert Case.objects.count() == 1


def test_answers_that_are_wrong_are_named_and_leave_nothing_behind() -> None:
    at = counter()
    by = caller(at)
    answer = by.hand_in(at, "key-0001", answers={"copies": "99"})
    assert (answer.status_code, said(answer)["faults"][0]["field"]) == (422, "copies")
    unknown = by.hand_in(at, "key-0001", answers={"wrong": "1"})
    assert said(unknown)["faults"] == [{"field": "wrong", "detail": "この設問はありません。"}]
    extra = by.hand_in(at, "key-0001", surprise=1)
    assert (extra.status_code, said(extra)["faults"][0]["detail"]) == (
        422,
        "この項目はありません。名前を確かめてください。",
    )
    assert not Submission.objects.exists()
    assert by.hand_in(at, "key-0001").status_code == 201


def test_a_file_comes_with_its_hash_and_is_read_back_byte_for_byte() -> None:
    at = counter()
    questions = [*DOCUMENT["pages"][0]["groups"][0]["questions"], {"id": "paper", "kind": "file", "label": "写し"}]
    page = {**DOCUMENT["pages"][0], "groups": [{"id": "who", "title": "", "questions": questions}]}
    at.release = release(at.section, code="paper", serial=9, document={**DOCUMENT, "pages": [page]})
    content = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
    sent = {"question": "paper", "name": "写し.pdf", "content": base64.b64encode(content).decode()}
    by = caller(at)
    broken = by.hand_in(at, "key-0001", files=[{**sent, "sha256": "0" * 64}])
    assert (broken.status_code, Case.objects.count()) == (422, 0)
    done = by.hand_in(at, "key-0001", files=[{**sent, "sha256": hashlib.sha256(content).hexdigest()}])
    assert done.status_code == 201, done.content.decode()
    number = said(done)["number"]
    [told] = said(by.get(f"/cases/{number}/answers"))["files"]
    answer = by.get(f"/cases/{number}/files/{told['token']}")
    assert b"".join(answer.streaming_content if answer.streaming else [answer.content]) == content  # type: ignore[attr-defined] # a file


def test_a_status_is_set_once_with_its_reason_and_a_decision_never() -> None:
    at = counter()
    found, by = case(at), caller(at)
    path, change = f"/cases/{found.number}/status", {"status": "review", "reason": "基幹システムで受け付けた"}
    for _ in range(2):
        assert said(by.call("PUT", path, change))["status"]["code"] == "review"
    events = found.events.filter(act="審査開始")
    assert [(event.reason, event.actor_label) for event in events] == [
        ("基幹システムで受け付けた", "連携: 住民情報システム")
    ]
    found.refresh_from_db()
    assert found.assignee is None
    refused = by.call("PUT", path, {"status": "granted", "reason": "決めた"})
    assert (refused.status_code, "決裁" in said(refused)["detail"]) == (409, True)
    assert by.call("PUT", path, {"status": "review", "reason": " "}).status_code == 422


def test_a_result_is_written_once_as_a_note() -> None:
    at = counter()
    found, by = case(at), caller(at)
    for _ in range(2):
        by.call("POST", f"/cases/{found.number}/results", {"text": "滞納なし"}, **{"Idempotency-Key": "result-01"})
    assert [(note.text, note.written_by.name) for note in found.notes.all()] == [("滞納なし", "連携: 住民情報システム")]


def test_a_machine_that_asks_too_often_is_told_when_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    by = caller(counter())
    monkeypatch.setattr(key_authentication, "PER_MACHINE", RateLimit("test", 2, 60))
    assert [by.get("/cases").status_code for _ in range(3)] == [200, 200, 429]
    assert by.get("/cases").headers["Retry-After"] == "60"


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_an_application_sent_eight_times_at_one_moment_is_one_case() -> None:
    at = counter()
    key = caller(at).key
    answers: list[tuple[int, str]] = []

    def send() -> None:
        answer = Caller(key).hand_in(at, "key-0001")
        answers.append((answer.status_code, said(answer).get("number", "")))

    together(*[send for _ in range(8)])
    assert sorted(code for code, _ in answers) == [200] * 7 + [201]
    assert {number for _, number in answers} == {Case.objects.get().number}
