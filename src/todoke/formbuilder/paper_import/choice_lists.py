"""Choice lists 選択肢: printed choices, whether one or several may be chosen, and what is written behind one."""

import re
from dataclasses import dataclass, replace

from todoke.formbuilder.document.question_kinds import QuestionKind
from todoke.formbuilder.paper_import.plain_text import bare

OPEN_TICKS, TICKS = "□☐▢◻❏⬜", "□☐▢◻❏⬜■☑"
_TICK = re.compile(f"(?<![にをへ「の])[{TICKS}](?![にをはの](?:レ|チェック|✓|☑|印|中|欄|、))")
_OPEN_TICK = re.compile(f"(?<![にをへ「の])[{OPEN_TICKS}](?![にをはの](?:レ|チェック|✓|☑|印|中|欄|、))")
_EMPTY_BOX = re.compile(r"(?:^|(?<=\s))[\[(〔] {1,4}[\])〕](?= {0,2}[^\s\d\-()])")
_NUMBER = re.compile(r"(?:^|(?<=\s)|(?<=\)))\(?(\d{1,2})(?:[).、:]\s*|\s+(?=[^\d\s])|(?=[^\d\s年月日時分人円名.,~\-]))")
_KATAKANA = re.compile(r"(?:^|(?<=\s))\(?([ア-コ])[).、\s]\s*")
_ERAS = re.compile(r"^(?:明治|大正|昭和|平成|令和|西暦|[明大昭平令MTSHR]|[・、/.\s,])+$")
_DETAIL = re.compile(r"\(([^()]{0,80})\)?")
_OPEN = re.compile(r" {2,}|_|…{2,}|^\s*$|[:：]\s*$")
_NEGATIVE = re.compile(r"ない|異なる|なし|^無|不要|^否|いいえ|非|未|以外|別居|不可|しません|無し|違う")
_SEVERAL_TOLD = re.compile(r"すべて|全て|複数|いくつでも|もの全部|つまで")
_ONE_TOLD = re.compile(r"いずれか|どちらか|[1一](?:つ|個)(?:だけ|に|を|選)|ひとつ")
_SEVERAL = re.compile(
    r"理由|事由|設備|備品|器具|室$|部屋|施設|サービス|書類|資料|図面|証明|曜日|項目|事項|要件|添付|同意|誓約|確認|障害|症状|手帳|目的|内容|"
    r"検診|ワクチン|予防接種|活動|情報|機能|きっかけ|動機|資格|支援|アレルギー|対象|設置物|種目|時間帯|もの$|媒体|届出の"
)
_ONE = re.compile(
    r"区分|種別|性別|有無|の別$|可否|要否|関係|続柄|状態|形態|程度|サイズ|体格|送付先|受取|受領|先$|方法$|別$|職業|構造|"
    r"^住所|住居|世帯|保険|経路|コース|地区|規模|年度|時期|所有|預金|口座|原因|用途|車種|段階|回数|会場|立場|資格の別"
)
_EXCLUSIVE = re.compile(
    r"^(?:新規|継続|更新|変更|廃止|再交付|開始|中止|休止|再開|取消|転入|転出|転居|男|女|有|無|あり|なし|はい|いいえ|する|しない|要|不要|"
    r"本人|代理人|家族|同一世帯|個人|法人|団体|大|中|小|普通|当座|持家|借家|可|否|済|未|希望する|希望しない|同居|別居|同意する|同意しない|"
    r"窓口|郵送|自宅|その他の者|第[1-3]希望|単身|正|副|おす|めす|オス|メス|雄|雌|正社員|一般|減額|免除|回答しない|"
    r"該当|非該当|該当する|該当しない|いる|いない|ある|ない|認定|却下|木造|非木造|課税|非課税|\d+(?:人槽|㎡|m2|級|号|種|階|回))$"
)
_HEAD = re.compile(r"[【<\[][^】>\]]{1,20}[】>\]]\s*$")
_OTHER = re.compile(r"^その他|^他$")


@dataclass(frozen=True)
class Choices:
    """選択肢の並び: the options, what is to be written behind some of them, and the words before the first."""

    options: tuple[str, ...]
    details: tuple[tuple[str, str], ...] = ()
    before: str = ""
    ticked: bool = False
    counted: bool = False


def read_choices(text: str) -> Choices | None:
    """Return the choices printed in a text: □, numbered, or with ・ between them; None where there are none."""
    marked = _EMPTY_BOX.sub("□", text) if len(_EMPTY_BOX.findall(text)) >= 2 else text
    counted = _counted(_NUMBER, text)
    if counted is not None and not counted.before and len(_OPEN_TICK.findall(text)) < len(counted.options):
        return counted
    if _OPEN_TICK.search(marked):
        before, *words = _TICK.split(marked)
        return _choices(words, before, ticked=True) if any(word.strip() for word in words) else None
    for pattern in (_NUMBER, _KATAKANA):
        if (numbered := _counted(pattern, text)) is not None:
            return numbered
    return _between_dots(text)


def _choices(words: list[str], before: str, *, ticked: bool) -> Choices | None:
    options: list[str] = []
    details: list[tuple[str, str]] = []
    for word in words:
        option, detail = _option(word)
        if not option:
            continue
        options.append(option)
        if detail is not None:
            details.append((option, detail))
    return Choices(tuple(dict.fromkeys(options)), tuple(details), before.strip(), ticked) if options else None


def _option(word: str) -> tuple[str, str | None]:
    """Return an option and what is to be written behind it: その他(内容:   ) → その他, 内容; None for nothing."""
    shown = _HEAD.sub("", word.strip(" \n・、,/→")).strip()
    found = _DETAIL.search(shown)
    while found is not None and not (
        _OPEN.search(found[1]) or _DOTTED_PAIR.search(found[1]) or found[1][:1] in OPEN_TICKS
    ):
        found = _DETAIL.search(shown, found.end())
    if found is not None and found.start() > 0:
        return _squeezed(shown[: found.start()] + shown[found.end() :].split("  ")[0]), found[1].strip()
    head, gap, rest = shown.partition("  ")
    if gap and len(head) > 1 and not re.fullmatch(r"(?:\S +)+\S", shown):
        return _squeezed(head), rest.strip()
    return _squeezed(shown), "" if word.rstrip("\n").endswith("    ") and _OTHER.match(shown) else None


_DOTTED_PAIR = re.compile(r"^[^・]{0,20}?(?:有・無|済・未|要・不要)\s*$")


def _squeezed(option: str) -> str:
    option = re.sub(r"\(\s*\)|[(]$", "", option)
    joined = re.sub(r"\s+", " ", option).strip(" ・、,(:：→_")
    return (joined.replace(" ", "") if re.fullmatch(r"(?:\S )+\S", joined) else joined)[:100]


def _counted(pattern: re.Pattern[str], text: str) -> Choices | None:
    """Return the words of a list counted from 1 or ア: 1 就労  2 疾病  3 その他(   )."""
    before, *pieces = pattern.split(text)
    signs, words = pieces[::2], pieces[1::2]
    wanted = (
        [str(at) for at in range(1, len(signs) + 1)]
        if pattern is _NUMBER
        else list("アイウエオカキクケコ"[: len(signs)])
    )
    if len(signs) < 2 or signs != wanted or not all(word.strip() for word in words):
        return None
    found = _choices(words, before, ticked=False)
    return found and replace(found, counted=True)


def _outside_brackets(text: str) -> list[str]:
    """Split at ・ / and commas that stand outside brackets."""
    parts, depth, held = [], 0, ""
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        if letter in "・/" and depth <= 0:
            parts.append(held)
            held = ""
        else:
            held += letter
    return [*parts, held]


def _without_brackets(text: str) -> str:
    return re.sub(r"\([^()]*\)", "", text)


def _between_dots(text: str) -> Choices | None:
    shown = text.strip(" \n")
    held = re.fullmatch(r"\(([^()]*[・/][^()]*)\)", shown)
    shown = held[1] if held else shown
    if _ERAS.match(shown) or re.search(
        r"[年月]\s+[月日]|\d{3}|\S {2,}(?:階|人|名|円|回|台|本|年|月|日|時|分)\s*(?:[・/)]|$)", _without_brackets(shown)
    ):
        return None
    head, gap, rest = shown.partition("  ")
    if gap and re.match(r"[^・/\s()]{2,12}$", head) and re.match(r"\s*[^・/\s]{1,12}\s*[・/]", rest):
        found = _between_dots(rest)
        return found and replace(found, before=head)
    if (grades := _with_prefixes(shown)) is not None:
        return Choices(tuple(grades))
    parts = [part.strip() for part in _outside_brackets(shown)]
    if len(parts) == 1:
        parts = [part for part in re.split(r"\s+", shown) if part]
        if len(parts) < 2 or not all(_EXCLUSIVE.match(part) for part in parts):
            return None
    elif text.startswith("   ") and not _EXCLUSIVE.match(re.sub(r"\(.*", "", parts[0]).strip()):
        return None
    found = _choices([part for part in parts if part], "", ticked=False)
    if found is None or not 2 <= len(found.options) <= 12 or any(len(option) > 25 for option in found.options):
        return None
    return found


def _with_prefixes(shown: str) -> list[str] | None:
    """Return grades that share their word: 要支援1・2 要介護1・2 are four."""
    if not re.search(r"^[^\d\s・/]{1,12}\s{0,4}\d(?:・|\s{1,9})\d", shown):
        return None
    found: list[str] = []
    before = ""
    for part in filter(None, re.split(r"[・/\s]", shown)):
        if not part[-1].isdecimal():
            before = part
            continue
        found.append(f"{before}{part}" if part.isdecimal() else part)
        before = found[-1].rstrip("0123456789")
    return found if len(found) > 1 else None


def is_plainly_a_choice(choices: Choices) -> bool:
    """Tell whether words with ・ between them are choices even without a label: 新規・更新, 車道・歩道・その他."""
    if choices.ticked or choices.counted:
        return True
    sure = sum(bool(_EXCLUSIVE.match(option) or _OTHER.match(option)) for option in choices.options)
    return sure == len(choices.options) or any(_OTHER.match(option) for option in choices.options)


def kind_of_choices(choices: Choices, label: str, told: str = "") -> QuestionKind:
    """Return CHOICE or CHOICES, from what is told, from opposites and kinds of case, and from the label."""
    options, words = choices.options, bare(label)
    if _ONE_TOLD.search(bare(told)):
        return QuestionKind.CHOICE
    if _SEVERAL_TOLD.search(bare(told)):
        return QuestionKind.CHOICES
    if re.search(r"曜日", words) or {"月", "火", "水"} <= set(options):
        return QuestionKind.CHOICES
    if not choices.ticked:
        return QuestionKind.CHOICE
    opposite = len(options) == 2 and sum(bool(_NEGATIVE.search(option)) for option in options) == 1
    exclusive = sum(bool(_EXCLUSIVE.match(option)) for option in options)
    if opposite or exclusive * 2 > len(options) or _ONE.search(words):
        return QuestionKind.CHOICE
    if len(options) <= (3 if words.endswith("種類") else 2) and not _SEVERAL.search(words):
        return QuestionKind.CHOICE
    if exclusive and not _SEVERAL.search(words):
        return QuestionKind.CHOICE
    return QuestionKind.CHOICES
