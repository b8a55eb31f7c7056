"""Whoever a sentence makes answer for something is named; a word that names nobody is not."""

import pytest

from todoke.meetings.minutes.extract import extract
from todoke.meetings.minutes.loader import Source, numbered
from todoke.meetings.minutes.minutes_structure import structure_of
from todoke.meetings.minutes.owners import answering_body, owner_key, owner_name, owner_of
from todoke.meetings.minutes.speaker_labels import Label, label_of

PEOPLE = frozenset({"伊東", "服部", "服部花子"})


def owner(sentence: str, kind: str = "commitment", speaker: str = "", answering: str = "") -> str:
    return owner_of(sentence, kind, speaker, answering, PEOPLE)


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("事務局において年度内に検討する。", "事務局"),
        ("今後、税務課で対応する。", "税務課"),
        ("各課に対し周知する。", "各課"),
        ("総務部長から説明する。", "総務部長"),
        ("まず情報課が調べ、次に税務課が決める。", "税務課"),
        ("本会議で決める。", ""),
        ("窓口で受け付ける。", ""),
        ("よく検討する。", ""),
    ],
)
def test_the_last_section_that_is_named_answers(sentence: str, named: str) -> None:
    assert owner(sentence) == named


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("伊東が調整する。", "伊東"),
        ("服部様にて調整する。", "服部様"),
        ("服部花子委員は資料を送る。", "服部花子委員"),
        ("伊東について話した。", ""),
        ("大伊東が調整する。", ""),
    ],
)
def test_a_person_of_the_attendance_list_answers(sentence: str, named: str) -> None:
    assert owner(sentence) == named
    assert owner_of(sentence, "commitment", "", "", frozenset()) == ""


def test_who_promises_answers_for_it_whatever_the_sentence_names() -> None:
    assert owner("税務課で対応する。", speaker="情報課長") == "情報課長"


def test_a_request_goes_to_whom_it_names_or_to_who_answered() -> None:
    assert owner("税務課で対応してほしい。", "request", answering="情報課長") == "税務課"
    assert owner("対応してほしい。", "request", answering="情報課長") == "情報課長"
    assert owner("伊東が対応してほしい。", "request", speaker="委員", answering="情報課長") == "情報課長"


def test_a_decision_has_no_owner() -> None:
    assert owner("税務課で対応する。", "decision", speaker="会長", answering="情報課長") == ""


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("商工観光課長(草壁隆司君)", "商工観光課長"),
        ("事務局(諏訪部)", "事務局"),
        ("司会(危機管理監)", "司会(危機管理監)"),
        ("答3", "市"),
        ("回答1(都市整備部長)", "都市整備部長"),
        ("市(福祉部長)", "福祉部長"),
    ],
)
def test_the_post_answers_and_not_the_person_or_the_number_of_the_answer(written: str, named: str) -> None:
    label = label_of(written)
    assert label is not None
    assert owner_name(label, "市") == named


def test_a_resident_called_a_is_no_answer() -> None:
    assert owner_name(Label("A", "A", "", "member"), "市") == "A"
    assert owner_name(Label("A", "A", "", "office"), "市", signed="企画課長") == "企画課長"


@pytest.mark.parametrize(
    "line",
    [
        "※ 「問」は参加された方、「答」は市の発言です。",
        "・市の出席者 道路建設課長、用地課職員2名",
        "○市の回答",
        "***** 市からのコメント *****",
    ],
)
def test_minutes_say_for_whom_the_answers_speak(line: str) -> None:
    assert answering_body(numbered(["住民説明会", line]), []) == "市"
    assert answering_body(numbered(["住民説明会", "市の発言が多かった。"]), []) == ""


@pytest.mark.parametrize(
    ("sentence", "kind", "section", "named"),
    [
        ("・配線の見積り → 市民課(6/28まで)", "commitment", "", "市民課"),
        ("・様式を作り、明日中に送付", "commitment", "2.当初予算(財政課)", "財政課"),
        ("・台帳を整理する", "commitment", "■総務部", "総務部"),
        ("・折衷の案は1月までに描く", "commitment", "○市の回答", "市"),
        ("手続一覧の列を埋めて返送をお願いします", "request", "- DX推進係から各課へ:", "各課"),
        ("市民課→DX推進係へのお願い:研修をしてほしい", "request", "", "DX推進係"),
        ("光輪さんには図面を出してほしい", "request", "", "光輪さん"),
    ],
)
def test_who_answers_may_stand_behind_an_arrow_or_above(sentence: str, kind: str, section: str, named: str) -> None:
    assert owner_of(sentence, kind, "", "", frozenset(), section) == named


def test_whoever_speaks_next_is_who_was_asked() -> None:
    lines = [
        "財政課長:予算は固まりました。",
        "建設部長:補正に載せてほしい。",
        "総務部長:閲覧室の工事費を出してほしい。",
        "管財課長:業者に見積りを取ります。",
    ]
    found = structure_of(Source(["第1回 部課長会", *lines])).contexts
    assert [each.answering for each in found if "ほしい" in each.sentence.text] == ["総務部長", "管財課長"]


def test_a_report_names_who_said_it() -> None:
    lines = [
        "委員から、図上訓練を今年度中に実施してもらいたいとの要望があった。",
        "これに対し事務局から、2月に実施するとの回答があった。",
        "建設課長、9月中に刈り払いを実施すると答弁。",
        "春休み中に本修理を行う(保育課長)。",
        "シートの様式は、私が案を書いて出す。",
    ]
    found = structure_of(Source(["会議要旨", *lines])).contexts
    assert [each.speaker for each in found][1:] == ["", "事務局", "建設課長", "保育課長", "私"]
    assert [each.side for each in found][1:4] == ["member", "office", "office"]


def test_the_due_date_may_be_the_next_sentence() -> None:
    lines = ["○委員 訓練はどうしますか。", "○総務課長 各課で訓練を一度実施します。期限は2月末。"]
    found = extract(Source(["令和7年12月3日 会議", *lines])).candidates
    assert [each.due_text for each in found if "訓練を一度" in each.quote] == ["2月末"]


def test_the_person_behind_a_post_does_not_make_another_owner() -> None:
    assert owner_key("総務課長（平田）") == owner_key("総務課長")
    assert owner_key("総務課長") != owner_key("企画課長")
