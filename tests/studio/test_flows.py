"""A designer writes a flow as a table, improves a copy, and sees what it saves, without knowing any notation."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.cast import cases, clerk, department, resident, staff
from tests.cast.event_logs import SMALL
from tests.cast.flows import PERMIT
from todoke.flows.flow_templates import template_by_key
from todoke.flows.models import ExperienceSurvey, Flow, Improvement
from todoke.flows.simulation.scenario import Scenario
from todoke.flows.step_rows import cells_from_table
from todoke.flows.step_table import StepTable
from todoke.organization.models import Post
from todoke.studio.forms.flows import with_fewer

pytestmark = pytest.mark.django_db


@pytest.fixture
def designer(client: Client) -> Client:
    client.force_login(staff("設計 太郎", "designer@example.lg.jp", Post.Role.DESIGNER))
    return client


def begun(key: str = "registration") -> Flow:
    found = template_by_key(key)
    assert found is not None
    return Flow.begin(found.table(), "犬の登録", by=staff("別の人", "other@example.lg.jp", Post.Role.DESIGNER))


def press(client: Client, name: str, /, *where: str, **data: Any) -> Any:
    return client.post(reverse(f"studio:{name}", args=where), data)


def typed(flow: Flow, **changes: str) -> dict[str, str]:
    """What the browser sends for the table of a flow, with some cells changed."""
    flow.refresh_from_db()
    cells = cells_from_table(flow.table)
    data = {f"{name}_{n}": value for n, cell in enumerate(cells) for name, value in cell.items()}
    return {**data, "rows": str(len(cells) + 2), "revision": str(flow.revision), "title": flow.title, **changes}


def test_a_resident_does_not_come_in(client: Client) -> None:
    client.force_login(resident())
    assert client.get(reverse("studio:flows")).status_code == 403


def test_a_clerk_writes_down_the_work_of_their_own_section(client: Client) -> None:
    client.force_login(clerk())
    press(client, "flow-addition", title="犬の登録", start="registration")
    flow = Flow.objects.get(title="犬の登録")
    assert flow.department == department()
    assert press(client, "flow-edition", flow.number, **typed(flow, name_0="申請書を渡す")).status_code == 302
    flow.refresh_from_db()
    assert flow.table.rows[0].name == "申請書を渡す"


@pytest.mark.parametrize("act", ["flow-edition", "flow-freezing", "flow-interview-answer"])
def test_a_clerk_does_not_change_the_work_of_another_section(client: Client, act: str) -> None:
    flow = begun()
    before = flow.document
    client.force_login(clerk())
    assert "ここでは直せません" in client.get(reverse("studio:flow", args=[flow.number])).content.decode()
    assert press(client, act, flow.number, **typed(flow, name_0="ちがう")).status_code == 403
    flow.refresh_from_db()
    assert flow.document == before
    assert not flow.versions.exists()


def test_a_clerk_proposes_a_better_way_for_another_section_on_a_copy(client: Client) -> None:
    flow = begun()
    client.force_login(clerk())
    press(client, "flow-revision", flow.number)
    copy = flow.revisions.get()
    assert copy.department == department()
    assert press(client, "flow-edition", copy.number, **typed(copy, name_0="やめる")).status_code == 302


def test_a_designer_begins_from_a_template(designer: Client) -> None:
    press(designer, "flow-addition", title="犬の登録", start="registration")
    flow = Flow.objects.get(title="犬の登録")
    page = designer.get(reverse("studio:flow", args=[flow.number])).content.decode()
    assert "<svg" in page
    assert "見直しの手がかり" in page
    assert "犬の登録" in designer.get(reverse("studio:flows") + "?q=犬").content.decode()


def test_a_designer_begins_with_nothing_and_sees_the_drawing_grow(designer: Client) -> None:
    press(designer, "flow-addition", title="新しい仕事", start="")
    flow = Flow.objects.get(title="新しい仕事")
    data = {"rows": "2", "name_0": "申請書を書く", "party_0": "住民", "name_1": "渡す", "party_1": "窓口"}
    shown = press(designer, "flow-preview", flow.number, **data).content.decode()
    assert "申請書を書く" in shown
    flow.refresh_from_db()
    assert flow.table.rows == ()
    press(designer, "flow-edition", flow.number, **data, title="新しい仕事", revision="1")
    kept = Flow.objects.get(title="新しい仕事").table
    assert [row.name for row in kept.rows] == ["申請書を書く", "渡す"]


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(designer: Client) -> None:
    flow = begun()
    answer = press(designer, "flow-edition", flow.number, **typed(flow, usual_0="十分", name_1="新しい名前"))
    assert answer.status_code == 422
    assert "数として読めません" in answer.content.decode()
    assert "新しい名前" in answer.content.decode()


@pytest.mark.parametrize("revision", ["0", "一", "-1", "9" * 5000])
def test_somebody_elses_save_is_not_overwritten(designer: Client, revision: str) -> None:
    flow = begun()
    answer = press(designer, "flow-edition", flow.number, **typed(flow, revision=revision, name_1="あとから"))
    assert answer.status_code == 422
    assert "先に保存しました" in answer.content.decode()


def test_rows_are_added_moved_and_taken_away(designer: Client) -> None:
    flow = begun()
    press(designer, "flow-row-removal", flow.number, "s6", **typed(flow))
    press(designer, "flow-row-addition", flow.number, "s1", **typed(flow))
    flow.refresh_from_db()
    names = [row.name for row in flow.table.rows]
    assert names[:2] == ["申請書を書く", "新しい手順"]
    assert "控えに公印を押す" not in names
    press(designer, "flow-row-move", flow.number, "s2", **typed(flow))
    flow.refresh_from_db()
    assert flow.table.rows[1].name == "番号札を取って待つ"


def test_a_to_be_is_compared_and_tried(designer: Client) -> None:
    flow = begun()
    press(designer, "flow-revision", flow.number)
    copy = Flow.objects.get(origin=flow)
    for key in ("s2", "s6"):
        press(designer, "flow-row-removal", copy.number, key, **typed(copy))
    page = designer.get(reverse("studio:flow-comparison", args=[copy.number])).content.decode()
    assert page.count("廃止 作業") == 2
    assert "× 廃止" in page
    asked = press(designer, "flow-trial", copy.number, cases="300", people_0="1", fewer="1")["Location"]
    assert cases.work_off() == 1
    page = designer.get(asked).content.decode()
    for words in ("95%信頼区間", "前提", "現状と比べて", "差がある", "祝日"):
        assert words in page
    assert copy.title in designer.get(reverse("studio:flow-comparison", args=[flow.number])).content.decode()


def test_a_trial_of_an_empty_table_says_what_is_missing(designer: Client) -> None:
    flow = Flow.begin(StepTable(title="書きかけ"), "書きかけ", by=clerk())
    answer = press(designer, "flow-trial", flow.number, cases="300", fewer="1")
    assert answer.status_code == 422
    assert "手順がまだありません" in answer.content.decode()


def test_nobody_can_be_taken_from_no_posts() -> None:
    nobody = Scenario(cases_per_year=300.0, staff=())
    assert with_fewer(nobody, 1) == nobody


def test_a_flow_is_handed_out_and_taken_in(designer: Client) -> None:
    flow = begun()
    for kind, mark in (("bpmn", b"definitions"), ("svg", b"<svg"), ("xlsx", b"PK"), ("json", b"steps")):
        assert mark in designer.get(reverse("studio:flow-file", args=[flow.number, kind])).getvalue()
    assert designer.get(reverse("studio:flow-file", args=[flow.number, "exe"])).status_code == 404
    file = SimpleUploadedFile("permit.bpmn", PERMIT)
    page = designer.post(reverse("studio:flow-import"), {"file": file, "title": "許可"}, follow=True).content.decode()
    assert "スクリプト" in page
    book = designer.get(reverse("studio:flow-file", args=[flow.number, "xlsx"])).getvalue()
    designer.post(reverse("studio:flow-import"), {"file": SimpleUploadedFile("a.xlsx", book), "title": "写し"})
    assert [row.name for row in Flow.objects.get(title="写し").table.rows] == [row.name for row in flow.table.rows]


def test_a_hostile_file_is_refused_in_words(designer: Client) -> None:
    file = SimpleUploadedFile("x.bpmn", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>')
    answer = designer.post(reverse("studio:flow-import"), {"file": file})
    assert answer.status_code == 422
    assert "DTD" in answer.content.decode()


def test_an_interview_builds_the_table(designer: Client) -> None:
    press(designer, "flow-addition", title="聞き取り", start="")
    flow = Flow.objects.get(title="聞き取り")
    ask = {"name": "書く", "party": "住民", "usual": "10", "after": "next"}
    press(designer, "flow-interview-answer", flow.number, **ask)
    check = {"name": "確かめる", "party": "窓口", "after": "back", "back_to": "1", "back_share": "15"}
    press(designer, "flow-interview-answer", flow.number, **check)
    press(designer, "flow-interview-answer", flow.number, name="渡す", party="窓口", after="end")
    flow.refresh_from_db()
    assert [row.name for row in flow.table.rows] == ["書く", "確かめる", "渡す"]
    assert [(link.target, link.share) for link in flow.table.outgoing("s2")] == [("s3", 0.85), ("s1", 0.15)]


def test_the_sheet_is_the_drawing_and_its_table(designer: Client) -> None:
    page = designer.get(reverse("studio:flow-sheet", args=[begun().number])).content.decode()
    assert "<svg" in page
    assert "手順の表(図と同じ内容)" in page


def test_a_flow_is_frozen(designer: Client) -> None:
    flow = begun()
    press(designer, "flow-freezing", flow.number, note="会議で決定")
    assert flow.versions.get().note == "会議で決定"


def test_a_log_shows_the_real_way_and_where_it_leaves_the_drawing(designer: Client) -> None:
    flow = begun()
    file = SimpleUploadedFile("log.csv", SMALL.encode())
    asked = designer.post(reverse("studio:mining-analysis"), {"file": file, "flow": flow.number})["Location"]
    cases.work_off()
    page = designer.get(asked).content.decode()
    assert "やり直しのある案件 1 件" in page
    assert "行われているが、図にない" in page
    broken = SimpleUploadedFile("log.csv", b"a,b\n1,2\n")
    asked = designer.post(reverse("studio:mining-analysis"), {"file": broken})["Location"]
    cases.work_off()
    assert "終わりませんでした" in designer.get(asked).content.decode()
    assert designer.post(reverse("studio:mining-analysis")).status_code == 422


def test_a_walk_is_noted_made_a_task_and_repeated(designer: Client) -> None:
    press(
        designer,
        "survey-addition",
        title="転入",
        persona="田中さん",
        story="架空",
        scenario="来庁",
        walked_on="2026-04-03",
    )
    survey = ExperienceSurvey.objects.get()
    note = {"name": "書く", "minutes": "15", "wait": "20", "name_writes": "3", "feeling": "2", "note": "多い"}
    press(designer, "survey-step", survey.number, **note)
    owner = Post.objects.get()
    address = reverse("studio:survey-issue", args=[survey.number, 1])
    designer.post(address, {"text": "氏名を3回書く", "owner": owner.pk, "due": "2026-06-30"})
    task = Improvement.objects.get()
    press(designer, "survey-settlement", survey.number, task.number, result="1枚にした")
    press(designer, "survey-repeat", survey.number, walked_on="2026-10-02")
    again = ExperienceSurvey.objects.get(before=survey)
    page = designer.get(reverse("studio:survey", args=[again.number])).content.decode()
    assert "前回" in page
    assert "1枚にした" in designer.get(reverse("studio:survey", args=[survey.number])).content.decode()
    assert designer.get(reverse("studio:surveys")).status_code == 200


def test_a_branch_is_written_in_fields_and_a_wait_in_days(designer: Client) -> None:
    flow = begun()
    enough = {"when_0_0": "足りる", "share_0_0": "80", "to_0_0": "3"}
    short = {"when_0_1": "足りない", "share_0_1": "20", "to_0_1": "終"}
    said = typed(flow, wait_0="2日 4時間", **enough, **short)
    press(designer, "flow-edition", flow.number, **said)
    flow.refresh_from_db()
    first = flow.table.rows[0]
    assert first.work.wait == 1200
    assert [(link.name, link.share) for link in flow.table.outgoing(first.key)] == [("足りる", 0.8), ("足りない", 0.2)]
    page = designer.get(f"/studio/flows/{flow.number}/").content.decode()
    assert 'value="2日4時間"' in page
    assert 'name="when_0_1" value="足りない"' in page


def test_an_interview_offers_a_branch_and_draws_both_ways(designer: Client) -> None:
    flow = Flow.begin(StepTable(title="利用決定"), "利用決定", by=clerk())
    ask = {"name": "調べる", "party": "窓口", "after": "branch", "when": "対象", "share": "90", "otherwise": "対象外"}
    press(designer, "flow-interview-answer", flow.number, **ask, wait="3日")
    flow.refresh_from_db()
    first = flow.table.rows[0]
    assert first.work.wait == 1440
    assert [(link.name, link.share) for link in flow.table.outgoing(first.key)] == [("対象", 0.9), ("対象外", 0.1)]
    told = press(designer, "flow-interview-answer", flow.number, name="決める", party="課長", after="branch")
    assert "100件のうち何件が次へ進むか" in told.content.decode()
