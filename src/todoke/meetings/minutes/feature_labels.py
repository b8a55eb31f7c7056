"""Feature labels 理由の言葉: the features of the classifier in the words of an office, for the page of a candidate."""

import re
from collections.abc import Iterable

NAMED = re.compile(r"([a-z+-]{1,24})([:=])(.*)")

SIDES = {
    "chair": "議長・座長の発言",
    "office": "答える側の発言",
    "member": "委員・議員の発言",
    "peer": "部署どうしの会議の発言",
    "none": "発言者のない文",
}
MARKS = {"arrow": "「→」のあとの文", "bullet": "箇条書きの文", "cell": "表のなかの文", "none": "地の文"}
DUES = {"until": "「まで」のある期限の言葉", "some": "期限の言葉がある", "none": "期限の言葉がない"}
KINDS = {"decision": "決定", "commitment": "宿題", "request": "要望", "continued": "継続", "none": "なし"}
MANNERS = {"polite": "です・ますの会議録", "plain": "である調の会議録"}
TURNS = {
    "first": "発言の初めの文",
    "firstlast": "一文だけの発言",
    "later": "発言の途中の文",
    "laterlast": "発言の終わりの文",
}
FINALS = {
    "done": "済んだことを言う終わり方",
    "open": "決まっていないことを言う終わり方",
    "plan": "予定や方針を言う終わり方",
    "none": "「なし」で終わる",
    "particle": "助詞で止める終わり方",
    "noun": "体言止め",
    "verb": "動詞の終わり方",
}
TENSES = {
    "asked": "問いかけ",
    "negative": "打消し",
    "past": "済んだこと",
    "wish": "望み",
    "going": "続いていること",
    "noun": "体言止め",
    "now": "これからのこと",
}
ROWS = {
    "dated": "期限のある行",
    "open": "期限のない行",
    "owned-dated": "担当と期限のある行",
    "owned-open": "担当のある行",
    "free-dated": "期限のある行",
    "free-open": "担当も期限もない行",
}
PLAIN = {
    "asked": "質問のすぐあとの文",
    "question": "問いの文",
    "signed": "文のあとに職名がある",
    "next-meeting": "次の会議の日を言う文",
    "abroad": "会議の外の者がすること",
    "outsider": "会議の外の者の名がある",
    "headline": "見出しの行",
    "others": "ほかの人の意見や提案を伝える言葉",
}
RUNS = {
    "end": "文末",
    "head": "文頭",
    "tail": "終わり近くの言葉",
    "word": "途中の言葉",
    "before-end": "前の文の終わり",
    "before": "前の文の言葉",
    "after-head": "次の文の初め",
    "after-end": "次の文の終わり",
    "plain": "終わりの言葉",
    "frame-end": "人の言葉を伝える文末",
}


def feature_label(name: str) -> str:
    """Return a feature in words, or "" where it says nothing to a reader (place, length)."""
    if name in PLAIN:
        return PLAIN[name]
    found = NAMED.match(name)
    if not found:
        return ""
    kind, sign, value = found.groups()
    if sign == ":":
        return f"{RUNS[kind]}「{value}」" if kind in RUNS and value else ""
    first, _, second = value.partition("/")
    said = {
        "side": SIDES.get(first, ""),
        "frame": f"伝えられた、{SIDES.get(first, '')}",
        "mark": MARKS.get(first, ""),
        "due": DUES.get(first, ""),
        "turn": TURNS.get(first, ""),
        "rule": f"言い回しの規則では{KINDS.get(first, '')}",
        "column": f"「{first}」の列",
        "manner+end": f"{MANNERS.get(first, '')}で文末「{second}」",
        "manner+side": f"{MANNERS.get(first, '')}の、{SIDES.get(second, '')}",
        "echo": "継続を諮った直後の文" if first == "continued" else "諮った直後の文",
        "side+due": f"{SIDES.get(first, '')}で{DUES.get(second, '')}",
        "side+mark": f"{SIDES.get(first, '')}で{MARKS.get(second, '')}",
        "side+end": f"{SIDES.get(first, '')}で文末「{second}」",
        "rule+side": f"{SIDES.get(second, '')}で、規則では{KINDS.get(first, '')}",
        "asked+side": f"質問のすぐあとの、{SIDES.get(first, '')}",
        "others+side": f"ほかの人の意見や提案を伝える、{SIDES.get(first, '')}",
        "final": FINALS.get(first, ""),
        "final+due": f"{FINALS.get(first, '')}で{DUES.get(second, '')}",
        "final+mark": f"{MARKS.get(second, '')}で{FINALS.get(first, '')}",
        "tense": f"{TENSES.get(first, '')}を言う終わり方",
        "tense+side": f"{SIDES.get(second, '')}で、{TENSES.get(first, '')}を言う終わり方",
        "tense+due": f"{TENSES.get(first, '')}を言う終わり方で{DUES.get(second, '')}",
        "section": f"見出しに「{first}」",
        "section+final": f"見出しに「{first}」があり、{FINALS.get(second, '')}",
        "column+final": f"「{first}」の列で{FINALS.get(second, '')}",
        "row": ROWS.get(first, ""),
        "row+tense": f"{ROWS.get(first, '')}で、{TENSES.get(second, '')}を言う終わり方",
        "row+plain": f"{ROWS.get(first, '')}で終わりの言葉「{second}」",
        "abroad+side": f"{SIDES.get(first, '')}で、会議の外の者がすること",
        "outsider+side": f"{SIDES.get(first, '')}で、会議の外の者の名がある",
        "abroad+due": f"会議の外の者がすることで、{DUES.get(first, '')}",
        "row+final": f"{ROWS.get(first, '')}で{FINALS.get(second, '')}",
        "question+side": f"{SIDES.get(first, '')}の問い",
    }
    return said.get(kind, "")


def reason_words(reasons: Iterable[tuple[str, float]]) -> list[str]:
    """Return the reasons of a candidate in words, each once, the strongest first."""
    return list(dict.fromkeys(words for name, _ in reasons if (words := feature_label(name))))
