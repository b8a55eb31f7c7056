"""Label rules 様式の言葉: derives the kind of an answer from the wording of a label, or that it asks nothing.

Everything is matched on a plain form (NFKC) of the words; labels themselves keep their characters.
"""

import re
import unicodedata

from todoke.formbuilder.document.structure import QuestionKind

SEAL = re.compile(r"^\(?印\)?$")
BLANK = re.compile(r"^[\s_.・…()\[\]〔〕~〜\-ー@/:]*$")
PAPERS = re.compile(r"(?:添付|提出)(?:書類|資料|するもの)")
_NUMBER = re.compile(r"(?:^|\s)\(?(\d{1,2})[).、]?\s?(?=[^\s\d)])")
_NEGATIVE = re.compile(r"ない|異なる|なし|^無|不要|^否|いいえ|非")
_ONE_OF = re.compile(r"区分|種別|性別|有無|の別$|可否")
BOXES = re.compile(r"[□☐■▢]\s*([^□☐■▢\n]+)")
DAY = re.compile(r"(?:(?<=令和)|(?<=平成)|(?<=昭和)|(?<=大正)|(?<=明治)|(?<=西暦)|(?<![一-龠]))年[\s_]*月[\s_]*日")
ERAS = re.compile(r"^(?:明治|大正|昭和|平成|令和|西暦|[明大昭平令MTSHR]|[・、/\s])+$")
UNITS = re.compile(
    r"[\s\d,約計第()~〜]*(?:人|名|通|枚|部|頭|台|個|件|回|m2|平方メートル|歳|年生|日間|時間|か月|ヶ月|匹|戸|階|トン)[\s()]*"
)
YEN = re.compile(r"[\s\d,金約計()]*円[\s()]*")
PHONE = re.compile(r"(?=[\s\-()]*$).*?(?:\(\s+\)|\s-\s)", re.DOTALL)
NUMBERED = re.compile(r"^\s*(?:\d{1,2}[.、\s)]|\(\d{1,2}\)|[一二三四五六七八九十][、.\s]|[ア-オ][.\s])\s*(?=\S)")
TITLE = re.compile(r"(?:申請書|請求書|届出書|届書|届|申込書|申出書|報告書|依頼書|申告書|願|調書|票)(?:\(.{0,100}\))?$")

LEFT_OUT: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"様式第|第\d+号様式|条関係"), "様式の番号"),
    (re.compile(r"(?:長|教育委員会|管理者|所長)(?:様|殿|あて|宛)|あて先|宛先"), "あて先"),
    (
        re.compile(
            r"職員記入|[市区町村課係]で記入|事務処理|処理欄|決裁|起案|受付欄|受付印|受付番号|整理番号|受理|課長|係長|[市区町村]記入|記入しない"
        ),
        "職員が記入する欄",
    ),
    (re.compile(r"^※|^\*|^注|注意|記入要領|記載要領|記入例|太枠|裏面|ください|下さい"), "説明文"),
    (
        re.compile(
            r"(?:申請|届出|届け出|請求|申込み|報告|申告|申し出|申込|誓約)し?ます。?$|とおり|下記|関係書類を添えて"
        ),
        "本文",
    ),
    (re.compile(r"個人番号|マイナンバー"), "マイナンバー(番号法に定めのある手続だけ、別の方法で扱います)"),
)

KINDS: tuple[tuple[re.Pattern[str], QuestionKind], ...] = (
    (re.compile(r"メール|[Ee]-?[Mm]ail"), QuestionKind.EMAIL),
    (re.compile(r"電話|携帯|TEL|Tel|FAX|Fax|ファックス|ファクシミリ|連絡先"), QuestionKind.PHONE),
    (re.compile(r"法人番号"), QuestionKind.CORPORATE_NUMBER),
    (re.compile(r"振込先|口座|金融機関"), QuestionKind.BANK_ACCOUNT),
    (re.compile(r"(?:住所|所在地|居所|設置場所|送付先|本籍|場所)(?:\(.{0,100}\))?$"), QuestionKind.ADDRESS),
    (
        re.compile(
            r"(?:団体|法人|会社|事業所|施設|学校|商品|建物|店舗|病院|勤務先|医療機関|保育所|園|犬|事業|催し|路線)の?名"
        ),
        QuestionKind.SHORT_TEXT,
    ),
    (re.compile(r"氏名|名前|ふりがな|フリガナ|代表者|担当者|保護者名|世帯主$|代理人$"), QuestionKind.NAME),
    (re.compile(r"年月日|期日|期限|[^曜]日$|日付|日時$|時期"), QuestionKind.DATE),
    (re.compile(r"金額|費用|料金|収入|所得|報酬|価格|単価|税額|手当額|経費|額$|額\("), QuestionKind.MONEY),
    (
        re.compile(r"人数|員数|通数|枚数|部数|個数|頭数|台数|数量|面積|年齢|回数|件数|学年|人員|日数"),
        QuestionKind.NUMBER,
    ),
    (
        re.compile(r"理由|内容|概要|状況|備考|目的|事由|経過|計画|特記|意見|詳細|用途|説明|方法|摘要"),
        QuestionKind.LONG_TEXT,
    ),
    (re.compile(r"添付書類|添付資料|提出書類"), QuestionKind.FILE),
)
OPTIONAL = re.compile(r"任意|FAX|ファックス|メール|備考|特記|摘要|ある場合|希望者")
WITHIN = {
    QuestionKind.NAME: re.compile(r"^(?:ふりがな|フリガナ|カナ)$"),
    QuestionKind.ADDRESS: re.compile(r"^郵便番号$"),
    QuestionKind.BANK_ACCOUNT: re.compile(r"金融機関|銀行|支店|口座|預金|名義"),
}


def normalize(words: str) -> str:
    """Return a text for matching only: half-width signs and digits, single spaces."""
    return re.sub(r"[ \t]+", " ", unicodedata.normalize("NFKC", words)).strip()


def clean_label(words: str) -> str:
    """Return a label without numbering, seal marks, empty brackets and colons."""
    words = re.sub(r"^(?:ふりがな|フリガナ|ﾌﾘｶﾞﾅ)\s+(?=\S)", "", words.strip())
    words = words.replace(" ", "") if re.fullmatch(r"(?:\S )+\S", words) else words
    words = re.sub(r"[㊞]|[((]\s*印\s*[))]|(?<!\s)\s+印$", "", words)
    words = NUMBERED.sub("", words) if NUMBERED.match(words) else words
    words = re.sub(r"[((][\s\u3000]*[))]|[::]\s*$", "", words)
    return words.strip(" \u3000※*◎●・")


def kind_of(label: str) -> QuestionKind | None:
    """Return the kind of question of a label; None when its wording does not say."""
    squeezed = normalize(label).replace(" ", "")
    return next((kind for pattern, kind in KINDS if pattern.search(squeezed)), None)


def reason_to_skip(words: str) -> str:
    """Return why a text asks nothing, in Japanese; empty when it may be a question."""
    squeezed = normalize(words).replace(" ", "").replace("\n", "")
    if SEAL.match(squeezed) or squeezed in {"押印", "印鑑", "認印", "捺印"}:
        return "押印欄(オンラインでは要りません)"
    if re.fullmatch(r"(?:令和|平成|西暦)?_*年_*月_*日(?:\(申請日\))?", squeezed):
        return "申請の日(送った日時が記録されます)"
    return next((reason for pattern, reason in LEFT_OUT if pattern.search(squeezed)), "")


def options_of(text: str) -> tuple[QuestionKind, list[str]] | None:
    """Return the kind and options of choices printed in a box: □ for several, ・ for one of them; else None."""
    shown = normalize(text)
    boxed = [option.strip(" ・、") for option in BOXES.findall(shown)]
    if len(boxed) >= 2:
        return QuestionKind.CHOICES, _shortened(boxed)
    if len(numbered := _numbered(shown)) >= 2:
        return QuestionKind.CHOICE, _shortened(numbered)
    parts = _with_prefixes(shown) or [part for part in re.split(r"[・/]", re.sub(r"\s", "", shown)) if part]
    if (
        2 <= len(parts) <= 8
        and all(len(part) <= 12 for part in parts)
        and not ERAS.match(shown)
        and not DAY.search(shown)
    ):
        return QuestionKind.CHOICE, _shortened(parts)
    return None


def _with_prefixes(shown: str) -> list[str]:
    """Return the grades that share their word: 要支援1・2 要介護1・2 are four; nothing for any other text."""
    if not re.search(r"\d・\d", shown):
        return []
    found: list[str] = []
    for part in filter(None, re.split(r"[・/\s]+", shown)):
        before = found[-1].rstrip("0123456789") if found else ""
        found.append(f"{before}{part}" if part.isdecimal() else part)
    return found


def _numbered(shown: str) -> list[str]:
    """Return the words of a list counted from 1 in one box: 1 就労  2 疾病  3 その他(  )."""
    _, *pieces = _NUMBER.split(shown)
    numbers, words = pieces[::2], [word.strip() for word in pieces[1::2]]
    return words if numbers == [str(at) for at in range(1, len(numbers) + 1)] else []


def _shortened(options: list[str]) -> list[str]:
    cut = [re.sub(r"\(\s*\)", "", option).strip() for option in options]
    return list(dict.fromkeys(option[:100] for option in cut if option))


def printed_kind(text: str) -> QuestionKind | None:
    """Return the kind indicated by what is printed in an empty box: 年 月 日, 円, 人, ( ) -, 〒; else None."""
    shown = normalize(text)
    if DAY.search(shown):
        return QuestionKind.DATE
    if "〒" in shown:
        return QuestionKind.ADDRESS
    if YEN.fullmatch(shown):
        return QuestionKind.MONEY
    if UNITS.fullmatch(shown):
        return QuestionKind.NUMBER
    if shown and PHONE.match(unicodedata.normalize("NFKC", text)):
        return QuestionKind.PHONE
    return None


def single_choice(label: str, kind: QuestionKind, options: list[str]) -> QuestionKind:
    """Return CHOICE for boxes of which only one can be right: two opposites (希望する, 希望しない), a kind of case."""
    short = all(len(option) <= 12 for option in options)
    opposite = short and len(options) == 2 and sum(bool(_NEGATIVE.search(option)) for option in options) == 1
    return QuestionKind.CHOICE if opposite or _ONE_OF.search(bare(label)) else kind


def bare(words: str) -> str:
    """Return a text for comparison without blanks."""
    return normalize(words).replace(" ", "").replace("\n", "")


def has_seal(text: str) -> bool:
    """Tell whether a line ends with a place for a seal."""
    return bool(re.search(r"(?:\s|^)(?:印|[(]印[)])\s*$|[㊞]", normalize(text))) or "㊞" in text


def is_blank(text: str) -> bool:
    """Tell whether a box is empty."""
    return bool(BLANK.match(normalize(text)))


def is_answer(text: str) -> bool:
    """Tell whether a box is for an answer: blank, a printed pattern, printed choices, or a seal mark."""
    return (
        is_blank(text)
        or printed_kind(text) is not None
        or options_of(text) is not None
        or bool(SEAL.match(normalize(text)))
    )
