"""Label rules 欄の名前: derives the kind of an answer from the wording of a label."""

import re

from todoke.formbuilder.document.question_kinds import QuestionKind
from todoke.formbuilder.paper_import.plain_text import bare, one_line

LONGEST_LABEL = 40
PAPERS = re.compile(r"^[【<(]?(?:添付|提出|必要)(?:書類|資料|するもの|図書|図面)")
_ORGANISATIONS = (
    "団体|法人|会社|事業所|施設|学校|商品|建物|店舗|病院|勤務先|医療機関|保育所|園|犬|事業|催し|路線|銀行|支店|"
    "金融機関|品|物件|業者|薬|猫|動物|ペット"
)
_PERSONS = (
    "申請|届出|届け出|請求|申込|申出|所有|占有|使用|代表|担当|責任|管理|保護|納税義務|被保険|利用|希望|配偶|主催|対象|死亡|扶養|受給|"
    "受診|接種|飼養|監督|設置|契約|立会|相続|同意|受任|委任|筆頭|養育|同居|連絡|り災|罹災|被災"
)
KINDS: tuple[tuple[re.Pattern[str], QuestionKind], ...] = (
    (re.compile(r"メール(?:アドレス)?|[Ee]-?[Mm]ail|^E-MAIL", re.IGNORECASE), QuestionKind.EMAIL),
    (re.compile(r"^氏名(?:\(|又は|または|及び)|氏名又は名称|名称(?:及び|・)代表者|名称又は氏名"), QuestionKind.NAME),
    (
        re.compile(r"電話|携帯|TEL|Tel|tel|FAX|Fax|ファックス|ファクシミリ|連絡先|^自宅$|^勤務先の?電話"),
        QuestionKind.PHONE,
    ),
    (re.compile(r"法人番号"), QuestionKind.CORPORATE_NUMBER),
    (re.compile(r"振込先|口座(?!振替)|金融機関"), QuestionKind.BANK_ACCOUNT),
    (
        re.compile(
            r"(?:住所|所在地|居所|場所|送付先|本籍|所在|番地|届け先|居住地|宿泊先)(?:又は所在地|\(.{0,100}\))?$|住所\(|^住所|所在地及び"
        ),
        QuestionKind.ADDRESS,
    ),
    (re.compile(rf"(?:{_ORGANISATIONS})の?名(?!義)"), QuestionKind.SHORT_TEXT),
    (re.compile(r"番号|記号"), QuestionKind.SHORT_TEXT),
    (
        re.compile(
            rf"氏名|名前|ふりがな|フリガナ|代表者|担当者|保護者名|世帯主(?:\(.{{0,40}}\))?$|代理人$|(?:{_PERSONS})者(?:名|\(.{{0,40}}\))?$|"
            r"(?:届出|保証|相続|名義|受取|借受)人(?:名|\(.{0,40}\))?$|^本人$|児童名|^喪主"
        ),
        QuestionKind.NAME,
    ),
    (re.compile(r"[一-龠ァ-ヶ]名$|名称(?:\(.{0,40}\))?$"), QuestionKind.SHORT_TEXT),
    (
        re.compile(r"年月日|期日|期限|(?:[^曜休祝平]|^)日$|日付|日時(?:\(.{0,40}\))?$|時期|[^曜]日\(.{0,40}\)$"),
        QuestionKind.DATE,
    ),
    (
        re.compile(
            r"金額|費用|料金|収入|所得|報酬|価格|単価|税額|手当額|経費|額$|額\(|(?:補助|助成|交付|貸付|負担|掛)金$|代金|家賃|事業費|工事費|年収|月収|"
            r"月額|年額"
        ),
        QuestionKind.MONEY,
    ),
    (
        re.compile(
            r"(?:人|員|通|枚|部|個|頭|台|回|件|日|戸|棟|冊|本|世帯|月|年|匹|株|口|階|従業員|児童)数|数量|面積|年齢|^学年$|人員|割合|率$|"
            r"高さ|重量|容積|延長$|点数"
        ),
        QuestionKind.NUMBER,
    ),
    (
        re.compile(
            r"理由|内容|概要|状況|備考|目的|事由|経過|計画|特記|意見|詳細|用途|説明|方法|摘要|事項|動機|要望|経緯|効果|使いみち|使途|見込|構造"
        ),
        QuestionKind.LONG_TEXT,
    ),
    (re.compile(r"添付書類|添付資料|提出書類|添付図"), QuestionKind.FILE),
)
ROLE = re.compile(rf"^(?:{_PERSONS})[者人](?:\([^()]{{0,30}}\))?$")
OPTIONAL = re.compile(r"任意|FAX|ファックス|メール|備考|特記|摘要|(?:ある|有る|の|する)場合|希望者|お持ちの方|その他")
REQUIRED = re.compile(r"必須|必ず")
_NUMBERED = re.compile(
    r"^\s{0,40}(?:\d{1,2}[.、)](?!\d)|\d{1,2} {1,9}(?=\D)|\(\d{1,2}\)|[一二三四五六七八九十](?:[、.]| {1,9})|"
    r"[ア-コ][.)、]|[ア-オ] {1,9}|[◆■●◎○◇▼▽★☆・*※]\s{0,4}(?=[^\s])|問\d{1,2}[.、]?)\s{0,40}(?=\S)"
)
_TOLD = re.compile(
    r"\([^()]{0,80}(?:ください|下さい|すること|[○✓☑✔]|レ点|チェック|丸で|(?:記入|記載)(?!欄)|選択|選ん|複数回答|全て|すべて|つまで|必須|任意)"
    r"[^()]{0,60}\)"
)
_TOLD_BEHIND = re.compile(
    r"(?:\s{0,40}[※*]|(?<=[>】〉]) {0,40}|(?<=[^\s]) {2,40}(?=[^\s]{6}))"
    r".{2,80}(?:ください|下さい|こと|選択|回答可|記入)\)?。?$"
)


def clean_label(words: str) -> str:
    """Return a label without numbering, readings before it, seal marks, instructions, empty brackets and colons."""
    words = one_line(words)
    words = re.sub(r"^\(?(?:ふりがな|フリガナ)\)?\s*(?=[^\s\d()/・])", "", words) or words
    words = re.sub(r"\(\s{0,40}印\s{0,40}\)|\s{1,40}印$", "", words)
    words = _TOLD.sub("", _TOLD_BEHIND.sub("", words)) or words
    words = _NUMBERED.sub("", words, count=1)
    words = re.sub(r"\(\s{0,40}\)|\s{0,40}[::]\s{0,40}$", "", words).strip()
    if (held := re.fullmatch(r"[【<〈\[「]([^【】<>〈〉\[\]「」]+)[】>〉\]」][::]?|\(([^()]+)\)", words)) is not None:
        words = held[1] or held[2]
    return words.strip(" ※*◎●・:,、→⇒")


def papers_of(words: str, listed: str = "") -> tuple[str, str]:
    """Return the label of papers to be added, and the papers that are listed behind or below it."""
    head = PAPERS.match(bare(clean_label(words)))
    rest = one_line(words)
    if head is not None and (at := rest.find(head[0][-2:])) >= 0:
        rest = rest[at + 2 :].lstrip("】>):").strip()
    papers = re.split(
        r"(?:^|(?<=[\s\n]))(?:\(?\d{1,2}[).、]?|[・○□]|[ア-コ][.)、])\s*(?=[^\d\s])|\n", f"{rest}\n{listed}"
    )
    named = "、".join(one_line(paper).strip(" 、") for paper in papers if paper.strip(" 、"))
    short = head[0].strip("【<(") if head is not None else "添付書類"
    return short, named


def instruction(words: str) -> str:
    """Return what a label says of how to answer: (複数回答可), (該当するものに○)."""
    return " ".join(one[0] for pattern in (_TOLD, _TOLD_BEHIND) if (one := pattern.search(one_line(words))))


def is_label(words: str) -> bool:
    """Tell whether a text can be the label of a question: short, no sentence, with letters, not a value."""
    label = clean_label(words)
    core = re.sub(r"\([^()]*\)", "", label)
    return (
        1 <= len(core) <= LONGEST_LABEL
        and len(label) <= 90
        and "。" not in label
        and bool(re.search(r"[一-龠ぁ-んァ-ヶA-Za-z]", core))
        and not re.search(r"\d{2,9}-\d{2,9}|\d{3},?\d{3}|\d{1,12}円$", core)
    )


def kind_of(label: str) -> QuestionKind | None:
    """Return the kind of question of a label; None when its wording does not say."""
    squeezed = bare(label)
    found = next((kind for pattern, kind in KINDS if pattern.search(squeezed)), None)
    if found is QuestionKind.NUMBER and re.search(r"及び|並びに|[・/、]", re.sub(r"\([^()]{0,60}\)", "", squeezed)):
        return QuestionKind.SHORT_TEXT
    return found
