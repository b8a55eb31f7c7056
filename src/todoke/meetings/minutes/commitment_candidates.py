"""Candidates 提案: sentences that hold a decision, a commitment, a request, or a matter continued."""

import re
from dataclasses import dataclass
from datetime import date

from todoke.meetings.minutes.due import DueDate
from todoke.meetings.minutes.indirect_speech import without_report_frame
from todoke.meetings.minutes.loader import flat
from todoke.meetings.minutes.patterns import (
    ACT,
    ARROW,
    ASK,
    COURTESY,
    DATED,
    DONE,
    EXPLAINED,
    FIRM,
    HUMBLE,
    LATER,
    NO_REQUEST,
    NOUN_END,
    ONLY_ASKED,
    PAPER,
    PATTERNS,
    PLANNED,
    PLEDGE,
    POINT,
    PROCEDURE,
    REACH,
    RESULT,
    SETTLED,
    SITTING,
    STATIVE,
    SURELY_LATER,
    TELL,
    WEAK,
)
from todoke.meetings.minutes.sentences import Sentence


@dataclass(frozen=True)
class CommitmentCandidate:
    """提案: what a sentence seems to hold, for a person to accept or correct. Lines count from 1.

    ``probability`` is the classifier's, ``reasons`` its strongest features with their share; none for a listed item.
    """

    kind: str
    what: str
    owner: str
    due_text: str
    due: date | None
    line: int
    last_line: int
    quote: str
    probability: float = 1.0
    reasons: tuple[tuple[str, float], ...] = ()


ANSWERING = frozenset({"office", "peer"})


def without_courtesy(sentence: str) -> str:
    """Return a sentence without spaces, full stop and closing courtesy (よろしくお願いします)."""
    text = re.sub(r"\s+", "", flat(sentence)).rstrip("。」』")
    return re.sub(
        r"(?:ので|から)?、?(?:どうぞ|何とぞ|何卒|ぜひ|是非|引き続き)?、?(?:よろしく|宜しく)(?:お?願い?)?(?:を?(?:し|いた|致|申し上げ)[^。]{0,14}|ます)$",
        "",
        text,
    )


def kind_of(sentence: str, side: str) -> str:
    """Return ``decision``, ``commitment``, ``request``, ``continued``, or "".

    ``side`` speaks: chair, office, member, peer (a section among sections), or "" in a report without speakers.
    """
    text, side = without_report_frame(without_courtesy(sentence), side)
    if side == "":
        if ARROW.match(text):
            side = "office"
        if kind := _noted(text):
            return kind
    kind = _result(text, side) or _kind(text, side)
    if kind or side not in ANSWERING:
        return kind
    promised = HUMBLE.search(text) and not SITTING.search(text)
    if promised or PLANNED.search(text) or (PLEDGE.search(text) and not STATIVE.search(text)):
        return "" if EXPLAINED.search(text[-40:]) else "commitment"
    clauses = re.split(r"(?<=[がで])、|ますので、|けれども、", text)[:-1]
    return next(("commitment" for each in clauses if FIRM.search(each) and _kind(each.removesuffix("が"), side)), "")


def _noted(text: str) -> str:
    """Notes that end in a noun (「→ 税務課が一覧を5/23までに作成」), and points that say what should be."""
    if NOUN_END.search(text[-24:]) and (ARROW.match(text) or re.search(r"まで|\d/\d|[今来]週|[今来]月", text)):
        return "continued" if re.search(r"継続|引き続き", text[-12:]) else "commitment"
    return "request" if POINT.match(text) and re.search(r"べき(?:だ|である)?$|必要がある$", text) else ""


def _result(text: str, side: str) -> str:
    """Results (「…することとした」): an act with a day or a section is a commitment."""
    if side in ANSWERING and re.fullmatch(rf"{ACT}(?:を)?(?:する|します|いたします)", text):
        return "commitment"
    if side in ANSWERING and NOUN_END.search(text[-24:]) and DATED.search(text):
        return "commitment"
    if side != "office" and PAPER.search(text):
        return "request"
    found = RESULT.search(text)
    if found is None or SETTLED.search(text[-40:]) or re.search(r"継続|引き続き|持ち?越|保留", text[-30:]):
        return ""
    core, rest = text[: found.start()], text[found.end() :]
    if PROCEDURE.search(core[-5:] + text[found.start() :]) or not re.search(
        rf"(?:{ACT}|{TELL})(?:を)?(?:する|行う)$|[るうくすつぶむぐ]$", core
    ):
        return ""
    if re.search(r"して(?:い|お)", found.group()) and not DATED.search(core):
        return ""
    if re.search(r"(?:次回|次の)[^。]{0,14}(?:協議|議論|審議|検討)", core[-24:]):
        return "continued"
    promised = side in ANSWERING or (side == "" and DATED.search(core))
    return "commitment" if promised and (not rest or side in ANSWERING) and not re.search(r"と聞いて", rest) else ""


def _kind(text: str, side: str) -> str:
    if len(text) < 9 and not re.search("継続|検討|承認|決定|了承", text):
        return ""
    tail = text[-REACH:]
    spans = {name: [match.span() for match in pattern.finditer(tail)] for name, pattern in PATTERNS}
    asked = spans["request"] + spans["continued"]
    spans["commitment"] = [
        (start, end) for start, end in spans["commitment"] if not any(a < end and start < b for a, b in asked)
    ]
    ends = {name: max((end for _, end in found), default=-1) for name, found in spans.items()}
    kind = max(ends, key=lambda name: ends[name])
    if kind in {"decision", "commitment"} and 0 <= ends[kind] - ends["continued"] <= 16 and ends["continued"] >= 0:
        kind = "continued"
    if ends[kind] < 0 or len(tail) - ends[kind] > {"commitment": 26, "decision": 12}.get(kind, 40):
        return ""
    return kind if _may_be(kind, text, tail[-48:], side) else ""


def _may_be(kind: str, text: str, tail: str, side: str) -> bool:
    if kind == "continued":
        left = re.search(r"継続(?:審査|審議|調査|協議|検討)と", tail)
        return not re.search(
            r"いただきたい|お願い|ません?か$|よろしいか|諮り" + ("" if left else r"|ました$"), tail[-20:]
        )
    if kind == "decision":
        return _is_decision(text, tail, side)
    if kind == "request":
        return _is_request(text, tail, side)
    return _is_commitment(text, tail, side)


def _is_decision(text: str, tail: str, side: str) -> bool:
    if ASK.search(tail) or re.search(
        r"署名(?:議員|委員)|日程に追加|議題とする|付託を省略|選挙を行う|(?:終了|閉会|休憩|散会|延会|開議|開会)(?:する)?(?:こと|いた|し)",
        text,
    ):
        return False
    if re.search(
        r"ご了承|(?:決定|承認|確定)(?:され|し)?(?:次第|する予定|した(?:場合|際|後|い))|と聞いて|(?:昨|前)年度|過去に|以前",
        text,
    ):
        return False
    if side in ANSWERING and re.search(r"(?:決定|承認|認定)(?:いた)?します$", tail):
        return False
    return not (side == "member" and not re.search(r"決し|決定|承認|可決|了承", tail))


def _is_request(text: str, tail: str, side: str) -> bool:
    if ASK.search(tail) and not re.search(
        rf"ぜひ|是非|要望|お願いしたい|(?:もらえ|くれ)ない|{ACT}[^。]{{0,6}}いただけない|{ACT}すること$|(?:て|で)(?:ほしい|いただきたい)と",
        tail,
    ):
        return False
    if re.search(
        r"(?:教え|聞かせ|答え|伺|答弁|例示|確認させ|(?:お|御)話し?|コメント|紹介|発言)[^。]{0,5}(?:いただき|いただけ|いただく|くださ|ほしい|欲しい|願)[^。]{0,20}$",
        tail,
    ) and not SURELY_LATER.search(text):
        return False
    if re.search(
        rf"{TELL}を?(?:さ?せて)?[^。にをがで]{{0,4}}(?:いただき|いただけ|頂き|頂け|お?願|くださ|を求)[^。]*$", tail
    ) and not re.search(LATER.pattern + "|ありがたい|有難い|幸い|助か", text):
        return False
    if (
        COURTESY.search(tail)
        or (PROCEDURE.search(tail) and not re.search(r"(?:要望|要請)(?:を)?(?:し|いた)", tail))
        or re.search(
            r"ご安心|異議|(?:起立|承認|議決|同意|説明|発言)を求め|求める(?:もの|について|こと)|(?:から|それでは|では、)お願い(?:いた)?します$",
            tail,
        )
    ):
        return False
    if side == "office":
        return bool(
            re.search(
                rf"(?:{ACT}|て|よう|こと)[^。]{{0,6}}(?:お願い|ほしい|いただきたい(?:です|。|$|と(?:思|考))|求めたい|要望する)",
                tail,
            )
        ) and not re.search(r"お願い(?:して|し(?:まし)?た|を?し(?:ており|ました))", tail)
    if side == "chair" and re.search(r"議論|審議|質疑|意見|感想|発言|紹介", tail) and not LATER.search(text):
        return False
    if NO_REQUEST.search(tail) or (
        ONLY_ASKED.search(tail) and not re.search(r"(?:ぜひ|是非)|(?:いただけ|もらえ|くれ)[なま][^、]{0,10}$", tail)
    ):
        return False
    if side == "member" and re.search(r"という(?:声|意見|話)(?:が|も|を)", tail):
        return False
    if re.search(r"こと$", text):
        return side != "office"
    if re.search(r"べき|必要", tail) and not re.search(r"いただき|いただけ|ほしい|願|要望|求め", tail):
        return side in {"member", "peer"} and bool(
            re.search(rf"{ACT}[^。]{{0,8}}べき(?:だ|で(?:ある|は))|[るうくすむぶぐつ]べき$", tail)
        )
    return not re.search(r"(?:要請|要望|お願い|依頼)(?:し|いたし)(?:まし)?た$", tail)


def _is_commitment(text: str, tail: str, side: str) -> bool:
    end = tail[-34:]
    done = DONE.search(end) and not re.search(
        r"予定|たいと(?:は|も)?(?:考|思|存)|いこうと|いくという(?:ふう|よう)|ければ(?:な)?と|頂ければ", end
    )
    if ASK.search(end) or done or WEAK.search(end) or PROCEDURE.search(end):
        return False
    if EXPLAINED.search(end) or re.search(r"ているところ(?:だ|である)?と(?:思|考)", end):
        return False
    if re.search(
        r"必要が(?:ある|あり)[^、]{0,16}$|必要だ|重要|大事|感謝|評価|お願い|ということが|期待|構成とさせ|計画になって",
        end,
    ):
        return False
    if re.search(r"^(?:まず|次に|続いて|最後に)、[^、]{0,30}(?:でございます|です|であります)$", text) or (
        "本日" in text and "本日中" not in text and "予定" in end
    ):
        return False
    if re.search(
        rf"{TELL}[^。]{{0,14}}(?:ます|たい|ければ|です|なります|おります)[^。]{{0,12}}$", end
    ) and not LATER.search(text):
        return False
    if side == "member":
        firm = re.search(rf"(?:まとめ|{ACT})[^。]{{0,8}}(?:たい|ます|予定|いただ)", end)
        return bool(firm) and not re.search(r"勉強|見て|聞い|伺|質問|確認|意見|考え(?:て)?(?:いき)?たい", end)
    if side == "chair":
        return bool(re.search(ACT, end)) and not re.search(
            r"議論(?:して|を)|協議(?:して|を)|審議|審査|説明(?:を|いた)|調査を行い|取り上げ|開催し", end
        )
    if side == "":
        return bool(
            re.search(
                rf"{ACT}[^。]{{0,6}}予定(?:で|と|だ|$)|{ACT}[^。]{{0,6}}(?:する|行う|ます|いく|たい|進める|図る)(?:と(?:回答|説明|答弁)[^。]*)?$",
                end,
            )
        )
    return not re.search(
        r"(?:できる|なる|(?<!予定で)(?<!考えで)(?<!方針で)ある|いる|思う|というもの|ということ)$|こととなり|ことになり|と(?:なり|いい)ます$",
        end,
    )


def _what(sentence: str) -> str:
    words = re.sub(
        r"^(?:また|それから|次に|なお|まず|あと|その後|そして|ただ|一方で|では|それでは|えー)、", "", sentence.strip()
    )
    return words if len(words) <= 160 else "…" + words[-158:]


def candidate_of(sentence: Sentence, kind: str, *, owner: str, due: DueDate, what: str = "") -> CommitmentCandidate:
    """Return the candidate of a sentence; ``what`` is the part of it that is meant, by default the whole."""
    if kind == "decision" or re.search(r"避け|重なら", sentence.text):
        due = DueDate("", None)
    said = _what(what or sentence.text)
    return CommitmentCandidate(kind, said, owner, due.text, due.on, sentence.line, sentence.last, sentence.text)
