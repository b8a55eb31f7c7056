"""Proposals 提案: sentences that leave something behind: a decision, a commitment, a request, a matter continued."""

import re
from dataclasses import dataclass
from datetime import date

from todoke.meetings.minutes.due import find_due
from todoke.meetings.minutes.reading import flat
from todoke.meetings.minutes.sentences import Sentence

ACT = (
    r"(?:検討|調査|研究|対応|周知|報告|提出|確認|提供|共有|公表|公開|整理|修正|反映|精査|協議|調整|実施|配[付布]|送付|回答|説明|通知|作成|見直し?|"
    r"掲載|着手|導入|改善|強化|整備|準備|策定|改定|改訂|更新|把握|集計|分析|検証|照会|依頼|要請|連絡|相談|取りまとめ|とりまとめ|まとめ|示し|"
    r"お示し|お知らせ|移行|稼働|構築|開催|設置|設定|募集|支援|推進|継続|徹底|指導|働きかけ|申し?入れ|訂正|追加|削除|用意|手配|点検|発注|契約|拡充|"
    r"展開|開始|完了|再検討|再調査|洗い出し|リスト化|可視化|優先順位付け|実行|議論|試行|案内|発信|開設|入手|添付|作業|募り|盛り込み|盛り込む|詰め)"
)
TELL = (
    r"(?:報告|説明|紹介|回答|答弁|答え|お示し|示し|お話|話|発言|"
    r"申し上げ|述べ|伺|うかが|聞|尋ね|質問|確認|教え|コメント|意見|感想|案内)"
)
LATER = re.compile(
    r"次回|後日|今後(?!の|ど)|これから|改めて|追って|別途|次第|まで(?:に|には)|以降|(?:たら|れば)、|\d月|年度|来週|来月|今月|年内|もう一度|再度|引き続き|際に(?:は)?また|最終的に|のちほど資料"
)
SURELY_LATER = re.compile(r"次回|後日|(?<!これ)まで(?:に|には)|追って|別途|次の(?:会議|委員会|本部)|書面で")
FIRM = re.compile(r"今後[^、]*(?:て|で)(?:いき|まいり|参り)たい|予定(?:で|し)")
PLEDGE = re.compile(
    r"(?:来週|今週|今月|来月|年度(?:内|中|末)|年内|(?:中|内|末|まで|以内|後)に|次回|後日|追って|次第)[^。]{0,40}(?:[いきぎしちにびみりえけげせてねべめれ]ます|いたします)$"
)
STATIVE = re.compile(
    r"(?:あり|おり|ござい|思い|考え|なり|でき|存じ|いい|言い|申し|見られ|られ|され|聞い?き|分かり|わかり|い|期待し|感謝し|お願い(?:いた)?し|終わり|閉じ|移り|始め|開会(?:いた)?し|閉会(?:いた)?し)ます$"
)
REACH = 60
PROCEDURE = re.compile(
    r"開会|閉会|ただいまより|投票|点呼|立会|起立|登壇|挨拶|あいさつ|議長席|着き願|議題と(?:いた|し|す)|日程に追加|付託を省略|散会|休憩|再開|議題に(?:供|移|入)|議事を進め|次に(?:移|進)|に移り|移らせて|移りたい|進行|着席|挙手|ご静粛|指名し|始めさせ|始めたい|"
    r"終了(?:いたし|し|させ)|終わ(?:り(?!次第)|らせ)|(?:以上|これ)で|質疑に(?:入|移)|(?:説明|報告|発言|質問)を(?:求め|お願い|許)|回させて|"
    r"お手元|ご覧|割愛|お伺い|伺い|お聞き|質問(?:を?(?:さ|し|いた))|述べ(?:さ|た|て)|申し上げ(?:ます|たい|て)|いただいて終わり|ご案内いたします|配[付布]して(?:ござ|おり|あり)"
)
COURTESY = re.compile(
    r"(?:ご|御)(?:協力|理解|発言|審議|清聴|静粛|了承|承知置き|着席|覧|出席|参集|指導|鞭撻|容赦|安心|議決|意見(?:、|・)?(?:ご質問)?[をが]?(?:いただ|お願)|質[疑問]等?[をが])[^。]{0,24}$"
)
ASK = re.compile(
    r"(?:か|かね|かな|のか|ますか|でしょうか|ませんか|ないか)[。?？」]*$|(?:教え|お教え|聞かせ|お聞かせ|伺|うかが|お答え|答弁)[^。]{0,20}$|(?:異議|意義)[^。]*(?:か|せんか)[。?？]?$"
)
SELF = r"(?:ます|る|たい|いと(?:考|思|存)[^。]{0,12}|うと(?:考|思|存)[^。]{0,12}|たいところ[^。]{0,8}|予定[^。]{0,10})"
PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "continued",
        re.compile(
            r"継続して(?:検討|協議|審議|議論)|継続(?:審議|審査|協議|検討|調査)(?:と|を|す|し|に|$|[。―—─\-)])|(?:持ち?帰(?:り|って|る))|(?:次回|次の会議)(?:に|へ|以降|も|は|で)?[^。]{0,12}(?:持ち?越|引き続き|継続|再度協議|協議|審議|審査|議論)(?:す|し|と|い|を|へ|。|$)"
            r"|引き続き[^。]{0,10}検討(?:する|を(?:行う|続ける)|していく)?(?:こと(?:と|に)|もの(?:と|で)|と(?:する|し))|引き続き[^。]{0,10}(?:協議|審議|審査|議論)(?:す|し|を|と|い)|(?:結論|決定|判断|採決)[^。]{0,8}(?:持ち?越|先送り|保留|見送)|保留(?:と|に|す|し|。|$)"
            r"|(?:調査|確認|原因究明)中(?:で|と|。|$)|決定(?:ということ)?ではな"
        ),
    ),
    (
        "decision",
        re.compile(
            r"(?:決定|承認|可決|否決|採択|不採択|議決|了承|同意|選任|選出|互選|確定|合意|認定|決(?:し|ま))(?:と?(?:いたし|致し|し|され|させていただき|なり|いただ(?:い|き))(?:た|まし(?:た)?|ます)|ました|した|する(?:もの)?(?:とする)?|された|した|すること(?:とした|と決した)|とする)(?:もの(?:である|です))?[。」)]*$"
            r"|(?:することに|とすることに|こと(?:と|に))(?:決(?:し|定|ま)|(?:いたし|致し|し)(?:ました|ます|た)|した|する|なった|なりました)(?:[。」)]|と|が|の|$)|^[^。]{0,40}(?:[はを→:：\s])(?:決定|承認|了承|可決|採択|同意)[。]?$"
            r"|異議な(?:し|い)(?:もの)?(?:と認め|として)|(?:見送る|見合わせる|廃止する|採用する)(?:こと(?:と|に)(?:した|する|しました|いたしました)|。)"
        ),
    ),
    (
        "request",
        re.compile(
            rf"(?<!させ)(?:し|て|で|を|ご?{ACT}|のほど)(?:いただ|頂)(?:き|け)(?:たい|ますよう|れば|ると|ないか|ますと)|(?<!させて)(?<!させ)(?:いただ|頂|もら)(?:きたい|いたい|ければ|けると|えると|くと|けないか)|お?願い?を?(?:し|いた|致)?(?:し)?(?:たい|ます|申し上げ|できれば|する)|{ACT}すること$|(?:て|で)(?:ほしい|欲しい|もらいたい|くださ(?:い|る)|下さ(?:い|る))|"
            rf"(?:要望|要請|提案|申し?入れ)(?:し|いた|す|と|である|がありました|があった|が出|する|させて)|(?:されたい|願いたい|願う|願います)|(?:よう|ことを?)(?:に)?(?:求め|望|希望)|を求め(?:る|ま|て|た)|{ACT}(?:の)?(?:ほど)?を$|(?:ある|もらえる|くださる)と(?:ありがたい|有り?難い|幸い|助か|うれし|嬉し|よい|良い)|べき(?:だ|で(?:ある|は)|と(?:考|思))|必要(?:が|で)ある(?:。|と(?:考|思))"
        ),
    ),
    (
        "commitment",
        re.compile(
            rf"予定(?:で|と|を|に|だ|して|しており|。|$)|(?:て|で)(?:まい|参)(?:り|る)(?:ます|たい|ら)?|(?:て|で)(?:いく|いき(?:ます|たい)|いこう|いけ(?:るよう|れば))|(?:をし|いたし|致し|し|せ|え|け|げ|め|り|び|み|き|ち|に)たい(?:と|。|ところ|ものと|です|$)|"
            rf"(?:させて|して|ご?{ACT}(?:さ?せて)?|て|らせて)いただ(?:きます|きたい|く|ければ|ければと)|{ACT}(?:を)?(?:いたし|致し|し|行い|進め|図り|始め|取り)?ます(?:[。」)]|ので|$)|{ACT}(?:を)?(?:する|行う|進める|図る|始める|いたす)(?:[。」)]|もの(?:と|で)|こととし|方針|考え|つもり|$)|{ACT}(?:を)?(?:せ|示)?。?$|"
            rf"(?:示す|まとめる|取りまとめる|見直す|詰める|努める|知らせる|伝える|諮る|図る|急ぐ|減らす|増やす|作る|設ける|置く|出す|続ける|進める|直す|改める|決める|送る)[。」]*$|(?:努め|伝え|知らせ|諮り|設け|出し|続け|進め|直し|改め|送り|まとめ|示し|見直し|なくし|入れ|残し|載せ|加え|広げ|増やし|減らし|配り|届け|集め|調べ|確かめ|立ち上げ|始め|終え|済ませ|決め|定め|取り組み|取り入れ|張り|貼り|諮り|急ぎ|作り|伺い)ます(?:[。」)]|ので|$)"
        ),
    ),
)
DONE = re.compile(
    r"(?:いたし|し|され|でき|なり|行い|進め|おり)(?:まし)?た[。」)]*$|(?:もの(?:です|であります|でございます|である)|ている|ております|おります|ているところ[^。]*|てきた|てきました|ています|済み|済)[。」)]*$"
)
WEAK = re.compile(
    r"(?:目指し|目指す|頑張|がんばり|努力はし|期待し|信じ|願って)[^。]{0,14}$|(?:重要|大切|必要不可欠)(?:だ|で)[^。]{0,12}$|ではないかと[^。]*$"
)
OWNER = re.compile(
    r"(?:^|[、。\s「])(?P<owner>(?:事務局|理事者|教育委員会|当局|執行部|各[課部局]|(?!本)[^\s、。「」はがをにのでと]{1,12}(?:課|部|局|室|担当|センター|本部|会議|事業者|推進員|課長|部長|係)))(?:さん)?(?:には|にも|に対し|において|のほうで|の方で|のほうに|としては|としても|と連携|から|では|にて|は|が|で|に)"
)
QUALIFIER = re.compile(r"^(?:本|今|当該|前|各|全)?(?:会議|本部|部|課|局|一部|全部|内部|外部|窓口)$")


@dataclass(frozen=True)
class Proposal:
    """提案: what a sentence seems to leave behind, for a person to accept or to correct."""

    kind: str
    what: str
    owner: str
    due_text: str
    due: date | None
    line: int
    last_line: int
    quote: str


REPORTED = re.compile(
    r"(?:と|旨|との|という|旨の|とした)(?:の)?(?P<noun>回答|説明|答弁|報告|意見|要望|発言|提案|指摘|質問|依頼)(?:が(?:あった|ありました|なされた|出された|出た)|を(?:受けた|いただいた)|(?:を)?(?:した|しました|する))$"
)
SIDES = {"回答": "office", "説明": "office", "答弁": "office", "報告": "office"}


def unreported(text: str, side: str) -> tuple[str, str]:
    """Take a reporting frame off (「…検討するとの回答があった」) and return whose words are left."""
    found = REPORTED.search(text)
    if found is None:
        return text, side
    return text[: found.start()], SIDES.get(found["noun"], "member")


def bare(sentence: str) -> str:
    """Return a sentence without spaces, its full stop and its closing courtesy (よろしくお願いします)."""
    text = re.sub(r"\s+", "", flat(sentence)).rstrip("。」』")
    return re.sub(
        r"(?:ので|から)?、?(?:どうぞ|何とぞ|何卒|ぜひ|是非|引き続き)?、?(?:よろしく|宜しく)(?:お?願い?)?(?:を?(?:し|いた|致|申し上げ)[^。]{0,14}|ます)$",
        "",
        text,
    )


def kind_of(sentence: str, side: str) -> str:
    """Tell what a sentence leaves behind, or return an empty string. ``side`` is who speaks (chair, office, member)."""
    text, side = unreported(bare(sentence), side)
    kind = _kind(text, side)
    if kind or side != "office":
        return kind
    if PLEDGE.search(text) and not STATIVE.search(text):
        return "commitment"
    clauses = re.split(r"(?<=[がで])、|ますので、|けれども、", text)[:-1]
    return next(("commitment" for each in clauses if FIRM.search(each) and _kind(each.removesuffix("が"), side)), "")


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
        return not re.search(r"いただきたい|お願い|ました$", tail[-20:])
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
    return not (side == "member" and not re.search(r"決し|決定|承認|可決|了承", tail))


def _is_request(text: str, tail: str, side: str) -> bool:
    if ASK.search(tail) and not re.search(
        r"ぜひ|是非|要望|お願いしたい|{ACT}すること$|(?:て|で)(?:ほしい|いただきたい)と", tail
    ):
        return False
    if re.search(
        r"(?:教え|聞かせ|答え|伺|答弁|例示|確認させ|(?:お|御)話し?|コメント|紹介|発言)[^。]{0,5}(?:いただき|いただけ|いただく|くださ|ほしい|欲しい|願)[^。]{0,20}$",
        tail,
    ) and not SURELY_LATER.search(text):
        return False
    if re.search(
        rf"{TELL}[^。]{{0,4}}(?:いただき|いただけ|頂き|頂け|お?願|くださ|を求)[^。]*$", tail
    ) and not re.search(LATER.pattern + "|ありがたい|有難い|幸い|助か", text):
        return False
    if (
        COURTESY.search(tail)
        or PROCEDURE.search(tail)
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
    if re.search(r"べき|必要", tail) and not re.search(r"いただき|ほしい|願|要望|求め", tail):
        return side == "member" and bool(re.search(rf"{ACT}[^。]{{0,8}}べき(?:だ|で(?:ある|は))", tail))
    return not re.search(r"(?:要請|要望|お願い|依頼)(?:し|いたし)(?:まし)?た$", tail)


def _is_commitment(text: str, tail: str, side: str) -> bool:
    end = tail[-34:]
    done = DONE.search(end) and not re.search(
        r"予定|たいと(?:は|も)?(?:考|思|存)|いこうと|いくという(?:ふう|よう)|ければ(?:な)?と|頂ければ", end
    )
    if ASK.search(end) or done or WEAK.search(end) or PROCEDURE.search(end):
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
        r"(?:できる|なる|(?<!予定で)ある|いる|思う|というもの|ということ)$|こととなり|ことになり|と(?:なり|いい)ます$",
        end,
    )


def _owner(sentence: str, kind: str, speaker: str, answering: str) -> str:
    named = [match["owner"] for match in OWNER.finditer(sentence) if not QUALIFIER.match(match["owner"])]
    if kind == "commitment":
        return speaker or (named[-1] if named else "")
    if kind == "request":
        return named[-1] if named else answering
    return ""


def _what(sentence: str) -> str:
    words = re.sub(
        r"^(?:また|それから|次に|なお|まず|あと|その後|そして|ただ|一方で|では|それでは|えー)、", "", sentence.strip()
    )
    return words if len(words) <= 160 else "…" + words[-158:]


def propose(
    sentence: Sentence, *, speaker: str, side: str, answering: str, on: date | None, next_on: date | None
) -> Proposal | None:
    """Propose what a sentence leaves behind, or return None."""
    kind = kind_of(sentence.text, side)
    if not kind:
        return None
    due = find_due(sentence.text, on, next_on)
    if kind in {"decision"}:
        due = type(due)("", None)
    owner = _owner(sentence.text, kind, speaker, answering)
    return Proposal(kind, _what(sentence.text), owner, due.text, due.on, sentence.line, sentence.last, sentence.text)
