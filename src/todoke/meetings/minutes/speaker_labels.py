"""Speaker labels 発言者の表記: the words before a speech that name its speaker or the speaker's role."""

import re
from dataclasses import dataclass

from todoke.meetings.minutes.loader import flat

CHAIRS = (
    r"(?:副?(?:本部長|委員長|部会長|分科会長|会長|座長|議長|主宰)"
    r"|司会(?:者|進行)?|進行(?:役)?|職務代理者?|議長代理|仮議長|臨時議長)"
)
OFFICE = (
    r"(?:[^\s、。()「」]{0,14}事務局長?|[^\s、。()「」]{0,14}(?:課|部|局|室|係|所|館|園|校|院|班|隊|区|市|町|村|庁|センター|教育|消防|事業者|支店|支所)長"
    r"|(?:副|課|部|局)?(?:区長|市長|町長|村長|知事)|[^\s、。()「」]{0,14}(?:次長|参事監?|副参事|主幹|主査|主事|主任|係員|書記|"
    r"補佐官?|技監|技師|保健師|専門官|推進監|理事者|管理者|監理官|統括監|政策監|調整監|企画監|審議官|室員|課員|職員|担当者?|所管課?|当局|執行部|推進員|専門員|"
    r"CIO|CDO|局員|説明員|説明者|受託者|事業者|コンサルタント|ベンダー|受注者|発注者|委託者|双方))"
)
MEMBERS = (
    r"(?:[^\s、。()「」]{0,12}(?:委員|部員|議員|会員|構成員|幹事|顧問|監事|理事|アドバイザー|オブザーバー|教授|准教授|講師|弁護士|医師|"
    r"代表|社長|町会長|組合長|団長|学長|氏|先生|推進役|本部員|メンバー|評議員|審査員|相談役)|各委員|委員会|"
    r"(?:参加者|出席者|傍聴[人者]|住民|区民|市民|町民|村民|地元|組合|自治会)側?|発言者|質問者|会場|全員|一同)"
)
PLAIN_Q = r"(?:Q|問|質問|質疑|意見|要望|質問者|委員意見)"
PLAIN_A = r"(?:A|答|回答|答弁|説明|回答者)"
SEAT = r"(?:議席)?\d{1,3}番(?:議員|委員)?"
TAIL = r"(?:[A-Z\d]{0,2}|[①-⑳甲乙丙丁]|さん|様|君|殿|くん)"
CHAIR_LABEL = re.compile(rf"^[^\s、。「」]{{0,12}}?{CHAIRS}{TAIL}$")
OFFICE_LABEL = re.compile(rf"^{OFFICE}{TAIL}$")
MEMBER_LABEL = re.compile(rf"^(?:{MEMBERS}{TAIL}|[A-Z]?{SEAT}|[A-Z](?:委員|氏|さん)?)$")
OF_ADMINISTRATION = re.compile(
    r"(?:[市区町村県](?:側|当局|役所|役場)?|当局|行政(?:側)?|役場|執行部|理事者側?|主催者|事業者側)"
)
"""A side of the meeting that stands for the administration."""
ROLE_IN = re.compile(
    rf"{CHAIRS}$|{SEAT}$|(?:デジタル化)?推進員$|(?:事務局|担当)?(?:課|部|局|室|係|所|館)長$|[^\s]長$|(?:事務局|委員|部員|議員|副参事|参事|次長|主幹|主査|担当|専門員|教授|理事|監事|顧問|幹事|区長|市長)$"
)
SURNAME = re.compile(r"^(?P<name>[一-龥々]{1,3})(?P<place>[ァ-ヴA-Za-z].*)$")
NAMED = re.compile(
    r"^(?P<role>[^()\[\]]{1,24})[(\[](?P<name>[^()\[\]]{1,24})[)\]](?P<rest>委員|議員|部員|課長|部長|氏)?$"
)
NEVER = re.compile(
    r"(?:日時|場所|議題|議事|資料|出席|欠席|傍聴|記録|作成|次第|署名|時間|会場|案件|件名|担当課|について|こと|もの|とき|午前|午後|"
    r"開会|閉会|開催|年度|報告事項|審議事項|協議事項|注|※|例|参考|凡例|電話|問合せ|目的|概要|内容)$"
)
SECTION = re.compile(r"[一-龥ァ-ヴーA-Za-z・]{1,14}(?:課|室|係|センター|事務所|支所)")
"""A section of the administration, which answers for it."""
HONOUR = re.compile(r"(?:君|さん|様|殿|氏)$")


@dataclass(frozen=True)
class Label:
    """A speaker's label (発言者の表記) as written, with role, name, and the side it speaks for."""

    written: str
    role: str
    name: str
    side: str


def side_of(text: str) -> str:
    """Return the side of a label: ``chair``, ``office`` (answers for the administration), ``member`` (asks), or ""."""
    word = re.sub(r"\s", "", flat(text))
    named = NAMED.match(word)
    if named and not named["rest"]:
        return side_of(named["role"]) or side_of(named["name"])
    word = re.sub(r"\([^()]{1,6}\)", "", word)
    if re.fullmatch(PLAIN_Q + r"\d{0,3}", word):
        return "member"
    if re.fullmatch(PLAIN_A + r"\d{0,3}", word):
        return "office"
    if OF_ADMINISTRATION.fullmatch(word):
        return "office"
    for side, pattern in (("chair", CHAIR_LABEL), ("member", MEMBER_LABEL), ("office", OFFICE_LABEL)):
        if pattern.match(word):
            return side
    return ""


def _clean(text: str) -> str:
    word = re.sub(r"\s+", " ", text.strip(" \u3000\t:：・")).strip()
    return word.replace(" ", "") if re.fullmatch(r"\S(?: \S)+(?: ?局)?", word) else word


def label_of(text: str, known: frozenset[str] = frozenset()) -> Label | None:
    """Parse a label; None if the words cannot name a speaker. ``known`` are names of the attendance list."""
    written = _clean(text)
    word = re.sub(r"\s", "", flat(written))
    if not word or len(word) > 30 or NEVER.search(word) or re.search(r"[、。「」]", word):
        return None
    side = side_of(written)
    bare = HONOUR.sub("", word)
    if not side and bare not in known and word not in known:
        return None
    named = NAMED.match(word)
    if named and not named["rest"]:
        role, name = named["role"], HONOUR.sub("", named["name"])
        if side_of(name) and not side_of(role):
            role, name = name, role
        return Label(written, role, name, side)
    found = ROLE_IN.search(word) if side else None
    role = found.group() if found else ""
    name = word[: len(word) - len(role)] if role else ("" if side else bare)
    if name and (split := SURNAME.match(name)):
        name, role = split["name"], split["place"] + role
    elif len(name) > 4 and name not in known:
        name, role = "", word
    return Label(written, role or (word if side else ""), name, side or "member")
