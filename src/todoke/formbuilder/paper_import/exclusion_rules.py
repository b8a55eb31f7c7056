"""Exclusion rules 設問にしない言葉: why a printed text asks nothing: office boxes, seals, addressees, prose, notes."""

import re

from todoke.formbuilder.paper_import.plain_text import bare

SEAL = re.compile(r"^\(?(?:印|実印|認印|届出印|お届け印|押印|捺印|印鑑|訂正印|署名又は記名押印)\)?$")
SEAL_BOX = "押印欄(オンラインでは要りません)"
OFFICE_BOX = "職員が記入する欄"
NOTE, PROSE, ADDRESSEE, NUMBER = "説明文", "本文", "あて先", "様式の番号"
SENT_DAY = "申請の日(送った日時が記録されます)"
MY_NUMBER = "マイナンバー(番号法に定めのある手続だけ、別の方法で扱います)"
SETTLED = frozenset({SEAL_BOX, OFFICE_BOX, PROSE, ADDRESSEE, NUMBER, SENT_DAY, MY_NUMBER})
"""Reasons for which nothing is ever asked; other texts left out are worth a look."""
TITLE = re.compile(
    r"(?:申請書|請求書|届出書|届書|届|申込書|申出書|報告書|依頼書|申告書|願|願書|調書|票|委任状|同意書|誓約書|承諾書|計画書|"
    r"申立書|登録書|証明書|通知書|登録カード)(?:\([^()]{0,100}\))?$"
)
_BY_OFFICE = (
    r"職員|学校|事業所|事業者|会社|勤務先|雇用主|金融機関|銀行|郵便局|医療機関|医師|施設|保育所|園|農協|役所|役場|区役所|市役所|町役場|"
    r"村役場|委員会|センター|事務局|事務所|担当課|担当者|受付者|[市区町村県都]|[都道府県市区町村]側|[一-龠]{1,8}[課係室]"
)
OFFICE = re.compile(
    rf"(?:{_BY_OFFICE})(?:が|で|の|等)?(?:記入|記載|使用|処理|確認|受付|整理|記録)(?:欄|します|事項|らん|$|[)>\]】])|"
    r"事務処理|事務使用|処理欄|(?:^|[市区町村])処理$|決裁|決済欄|起案|受付(?:欄|印|番号|年月日|月日|日|者|簿|No)|^受付$|整理番号|^整理No|受理|"
    r"^(?:部長|課長|係長|補佐|主査|主任|担当|係|係員|担当印|公印|合議|供覧|施行|審査|起票|入力|照合|検印|印鑑照合|確認印|確認者|交付)$|"
    r"課長補佐|記入(?:しない|不要)|記載(?:しない|不要)|書かない|記入なさらない|交付(?:番号|簿)|台帳(?:番号|記載)|(?:電算|端末)入力|"
    r"^本人確認|^確認書類$|使用欄|記載欄$|^事務担当|公印使用|文書番号|^認定番号$|起票者"
)
_LEFT_OUT: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"様式第|第\d+号様式|条関係|^別記|^様式\d|^\(?様式[一-十\d]"), NUMBER),
    (OFFICE, OFFICE_BOX),
    (
        re.compile(
            r"(?:[長事]|教育委員会|管理者|議長|委員会|公社|協議会|事務所)\)?(?:様|殿|あて|宛て?|御中)|^\(?(?:あて先|宛先|あて名)\)?|御中$|"
            r"^送り先|返送先|^\(?(?:提出先|送付先|問い?合わせ?先|担当課?)\)?[:】].{6}"
        ),
        ADDRESSEE,
    ),
    (
        re.compile(
            r"^[※*]|^\(?注(?=[\d意):]|$)|注意|記入要領|記載要領|記入例|記載例|記入の?方法|記入上|太枠|太線|裏面|ください|下さい|"
            r"^備考[\d.:]|同封するもの|持ち物|^例\)|必要なもの$"
        ),
        NOTE,
    ),
    (
        re.compile(
            r"(?:申請|届出|届け出|届け|請求|申込み|申し込み|報告|申告|申し出|申込|誓約|委任|依頼|同意|提出|承諾|通知|申立て|願い出|いた)し?ます。?$|"
            r"とおり|下記|次の(?:とおり|事項)|関係書類を添えて|規定により"
        ),
        PROSE,
    ),
    (re.compile(r"個人番号(?!カード)|マイナンバー(?!カード|の記載)"), MY_NUMBER),
)
_DAY_ONLY = re.compile(
    r"(?:(?:申請|届出|請求|提出|記入|申込|報告)(?:年月)?日:?)?(?:令和|平成|西暦)?_*年_*月_*日(?:\((?:申請|届出)日\))?"
)


def reason_to_skip(words: str) -> str:
    """Return why a text asks nothing, in Japanese; empty when it may be a question."""
    squeezed = bare(words)
    if SEAL.match(squeezed):
        return SEAL_BOX
    if _DAY_ONLY.fullmatch(squeezed):
        return SENT_DAY
    squeezed = squeezed.strip("<>〈〉【】[]「」↑↓→←▲▼")
    return next((reason for pattern, reason in _LEFT_OUT if pattern.search(squeezed)), "")


def is_prose(words: str) -> bool:
    """Tell whether a text is a sentence rather than a label."""
    squeezed = bare(words)
    return "。" in squeezed or bool(re.search(r"(?:ます|です|ません|ること|ください)[)]?$", squeezed))


def is_title(words: str) -> bool:
    """Tell whether a text is the name of a form."""
    squeezed = bare(words)
    return 3 <= len(squeezed) <= 45 and bool(TITLE.search(squeezed)) and not is_prose(words)
