"""The classifier of sentences: what it decides, why, and that training it is the same from run to run."""

import pytest

from todoke.meetings.minutes.classifier_fit import FitSettings, LabelledSentence, fit, rounded
from todoke.meetings.minutes.extract import extract
from todoke.meetings.minutes.feature_labels import feature_label, reason_words
from todoke.meetings.minutes.loader import Source
from todoke.meetings.minutes.minutes_structure import structure_of
from todoke.meetings.minutes.sentence_classifier import KINDS, SHIPPED, SentenceClassifier, shipped_classifier
from todoke.meetings.minutes.sentence_features import features_of

SETTINGS = FitSettings(penalty=0.1, fewest=1, steps=40)
ROWS = [
    LabelledSentence(frozenset({"end:します", "side=office"}), "commitment"),
    LabelledSentence(frozenset({"end:してほしい", "side=member"}), "request"),
    LabelledSentence(frozenset({"end:しました", "side=office"}), "none"),
    LabelledSentence(frozenset({"end:可決", "side=chair"}), "decision"),
]


def test_training_twice_gives_the_same_weights() -> None:
    assert fit(ROWS, SETTINGS).as_text() == fit(ROWS, SETTINGS).as_text()
    found = rounded(fit(ROWS, SETTINGS), 0.05)
    assert [found.verdict(row.features).kind or "none" for row in ROWS] == [row.kind for row in ROWS]


def test_learning_from_nothing_changes_nothing() -> None:
    before = rounded(fit(ROWS, SETTINGS), 0.05)
    assert fit([], SETTINGS, prior=before).as_text() == before.as_text()


def test_what_a_municipality_says_draws_the_weights_its_way() -> None:
    before = rounded(fit(ROWS, SETTINGS), 0.05)
    said = [LabelledSentence(frozenset({"end:します", "side=office", "head:次回は"}), "none")] * 4
    after = fit(said, FitSettings(penalty=0.5, fewest=1), prior=before)
    assert after.verdict(said[0].features).kind == ""
    assert after.verdict(ROWS[1].features).kind == "request"


def test_weights_are_written_and_read_without_loss() -> None:
    shipped = shipped_classifier()
    assert SentenceClassifier.from_text(shipped.as_text()).digest == shipped.digest
    assert SHIPPED.stat().st_size <= 500_000
    with pytest.raises(ValueError, match="not the weights"):
        SentenceClassifier.from_text("name\t1\nx\t2\n")


def test_every_feature_of_the_weights_is_of_a_known_kind() -> None:
    known = {name for name in shipped_classifier().weights if feature_label(name)}
    silent = {name.split("=")[0].split(":")[0] for name in set(shipped_classifier().weights) - known - {""}}
    assert silent <= {"place", "length", "before", "after", "phrase", "manner", "after-head", "after-end"}


def test_a_proposal_says_what_spoke_for_it() -> None:
    lines = ["○委員 いつ配りますか。", "○課長 申請の一覧は、来月末までに全委員へお配りします。"]
    [found] = extract(Source(lines)).candidates
    assert found.kind == "commitment"
    assert found.probability > 0.5
    assert reason_words(found.reasons)


def test_probabilities_sum_to_one() -> None:
    found = shipped_classifier().probabilities({"end:します", "no such feature"})
    assert len(found) == len(KINDS)
    assert sum(found) == pytest.approx(1)


def features_by_end(*lines: str) -> dict[str, frozenset[str]]:
    """Return the features of the sentences of minutes, by the last four letters of each."""
    found = structure_of(Source(["第1回 委員会", *lines])).contexts
    return {each.sentence.text.strip().rstrip("。")[-4:]: features_of(each) for each in found}


def test_a_sentence_knows_the_head_of_its_section_and_how_it_ends_without_a_verb() -> None:
    found = features_by_end(
        "■決定事項",
        "・定員を30人に変更",
        "■今後の対応",
        "・全校に周知を徹底",
        "・要綱は7月に改正予定",
        "・名簿は対応済み",
    )
    assert {"section=決定", "final=noun", "section+final=決定/noun"} <= found["人に変更"]
    assert {"section=対応", "section=今後", "final=noun"} <= found["知を徹底"]
    assert {"final=plan", "final+due=plan/some"} <= found["改正予定"]
    assert "final=done" in found["対応済み"]
    assert "section=決定" not in found["知を徹底"]
    assert all(feature_label(each) for each in found["改正予定"] if each.startswith(("final", "section")))


def test_the_voices_of_the_hall_do_not_part_a_decision_from_what_it_settles() -> None:
    lines = [
        "○委員長 所管の事務を閉会中も継続して調査することに御異議ございませんか。",
        "(「異議なし」と呼ぶ者あり)",
        "○委員長 御異議なしと認め、さよう決定いたしました。",
        "○委員 はい、そうです。",
    ]
    assert [each.kind for each in extract(Source(lines)).candidates if each.line == 3] == ["continued"]


def test_the_day_of_the_next_meeting_and_reported_words_are_known_for_what_they_are() -> None:
    found = features_by_end("次回は9月29日に開催する。", "課長は、台帳を整理すると答えた。")
    assert "next-meeting" in found["開催する"]
    assert {"frame=office", "plain:整理する"} <= found["と答えた"]
    assert "frame=office" not in found["開催する"]


def test_the_line_above_an_indented_list_heads_it() -> None:
    found = features_by_end(
        "■協議",
        "- 決まったこと",
        "  - 端末の台数に変更",
        "○主な意見",
        "・順番を決めるべきでは",
    )
    assert {"phrase=settled_plainly", "section=意見"} & found["数に変更"] == {"phrase=settled_plainly"}
    assert "section=意見" in found["べきでは"]
    assert {each.section for each in structure_of(Source(["会議", "- 決まったこと", "  - 台数に変更"])).contexts} >= {
        "- 決まったこと"
    }


def test_an_act_of_somebody_outside_the_meeting_is_marked() -> None:
    found = features_by_end("なお、県では来年度に専門員を置くと聞いています。", "遊具の点検は業者が1月に来る。")
    assert {"abroad", "phrase=hearsay"} <= found["ています"]
    assert "outsider" in found["月に来る"]
    assert all(feature_label(each) for each in found["ています"] if each.startswith(("abroad", "outsider")))
