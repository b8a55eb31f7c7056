"""Form drafts 様式案づくり: a first form definition from the survey answers of a procedure; nothing is published.

It asks for the information that the paper form asks for, and for the documents to be attached.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from todoke.formbuilder.document.edits import Definition, new_id
from todoke.formbuilder.document.parser import SCHEMA
from todoke.formbuilder.document.structure import QuestionKind
from todoke.procedures.codes import Fee, Party
from todoke.procedures.models.procedure import CodedValue, Procedure

NOTE = "調査の記載から作った案です。設問・書類・手数料を、自分の市区町村の規則と照らして確認してください。"
MY_NUMBER, OTHER_INFORMATION, NO_PAPER, IDENTITY_PAPER, ORIGINAL_ONLY = "01", "11", "15", "4", "2"
Asked = dict[str, Any]

INFORMATION: Mapping[str, tuple[QuestionKind, str]] = {
    "02": (QuestionKind.CORPORATE_NUMBER, "法人番号"),
    "03": (QuestionKind.SHORT_TEXT, "健康保険適用事業所番号"),
    "04": (QuestionKind.SHORT_TEXT, "労働保険適用事業所番号"),
    "05": (QuestionKind.SHORT_TEXT, "雇用保険適用事業所番号"),
    "06": (QuestionKind.ADDRESS, "本店または主たる事務所の所在地"),
    "07": (QuestionKind.SHORT_TEXT, "商号または名称"),
    "08": (QuestionKind.NAME, "代表者の氏名"),
    "09": (QuestionKind.ADDRESS, "代表者の住所"),
    "10": (QuestionKind.MONEY, "資本金"),
    "11": (QuestionKind.LONG_TEXT, "そのほか、申請書に書くこと"),
}


def definition_for(procedure: Procedure) -> Definition:
    """Return a definition for a procedure of the inventory (one query)."""
    keys: dict[str, list[str]] = {}
    labels: dict[str, str] = {}
    for table, key, label in CodedValue.objects.filter(procedure=procedure).values_list(
        "code__table", "code__key", "code__label"
    ):
        keys.setdefault(table, []).append(key)
        labels[f"{table}/{key}"] = label
    return definition_from(procedure, keys, labels)


def definition_from(procedure: Procedure, keys: Mapping[str, list[str]], labels: Mapping[str, str]) -> Definition:
    """Return a definition from a procedure and its coded values by table."""
    papers = [key for key in keys.get("document", []) if key != NO_PAPER]
    pages = [_page("申請する人について", _applicant(procedure)), _page("申請の内容", _contents(keys))]
    attached = [_question(QuestionKind.FILE, _words(labels.get(f"document/{key}", "添付書類"), 200)) for key in papers]
    if IDENTITY_PAPER in keys.get("identification", []):
        attached.append(_question(QuestionKind.FILE, "本人確認書類"))
    if ORIGINAL_ONLY in keys.get("submission", []):
        attached.append(
            _question(
                QuestionKind.INFORMATION, "原紙での提出が必要な書類は、申請のあとに郵送または窓口で出してください。"
            )
        )
    if attached:
        pages.append(_page("添付する書類", attached))
    pages.append(_page("確認と同意", [_question(QuestionKind.DECLARATION, "入力した内容は事実と違いありません。")]))
    return {
        "schema": SCHEMA,
        "title": _words(procedure.title, 120) or "名称のない手続",
        "template_note": NOTE,
        "guide": _guide(procedure),
        "papers": [
            {"id": new_id("paper"), "label": question["label"]}
            for question in attached
            if question["kind"] == QuestionKind.FILE.value
        ],
        "pages": pages,
    }


def _applicant(procedure: Procedure) -> list[Asked]:
    contact = [
        _question(QuestionKind.ADDRESS, "住所または所在地"),
        _question(QuestionKind.PHONE, "日中に連絡できる電話番号"),
        _question(QuestionKind.EMAIL, "メールアドレス", required="no"),
    ]
    if procedure.actor == Party.BUSINESS:
        company = [
            _question(QuestionKind.SHORT_TEXT, "法人・事業者の名称"),
            _question(QuestionKind.NAME, "代表者の氏名"),
        ]
        return [*company, *contact, _question(QuestionKind.SHORT_TEXT, "担当者の氏名", required="no")]
    if procedure.actor == Party.PEOPLE:
        return [
            _question(QuestionKind.NAME, "氏名"),
            _question(QuestionKind.DATE, "生年月日", sensitive=True),
            *contact,
        ]
    options = [{"value": "person", "label": "個人"}, {"value": "company", "label": "法人・団体"}]
    party = _question(QuestionKind.CHOICE, "申請する人の区分", options=options)
    when = {"op": "is", "question": party["id"], "value": "company"}
    return [
        party,
        _question(QuestionKind.SHORT_TEXT, "法人・団体の名称", when=when),
        _question(QuestionKind.NAME, "氏名(法人は代表者の氏名)"),
        *contact,
    ]


def _contents(keys: Mapping[str, list[str]]) -> list[Asked]:
    written = [key for key in keys.get("information", []) if key in INFORMATION and key != OTHER_INFORMATION]
    asked = [_question(*INFORMATION[key]) for key in written]
    asked.append(_question(QuestionKind.LONG_TEXT, INFORMATION[OTHER_INFORMATION][1]))
    if MY_NUMBER in keys.get("information", []):
        words = "この手続ではマイナンバーを使います。画面では入力せず、担当課の案内に従ってください。"
        asked.append(_question(QuestionKind.INFORMATION, words))
    return asked


def _guide(procedure: Procedure) -> Asked:
    fee = "無料" if procedure.fee == Fee.NONE else _words(procedure.fee_note, 900) or "条例などで定める額"
    basis = " ".join(filter(None, (_words(procedure.law, 300), _words(procedure.article, 150))))
    guide = {
        "who": _words(procedure.get_actor_display(), 200),
        "fee": fee,
        "period": _words(procedure.time_online or procedure.time_offline, 200),
        "legal_basis": [basis] if basis else [],
    }
    return {key: value for key, value in guide.items() if value}


def _page(title: str, questions: Iterable[Asked]) -> Asked:
    group = {"id": new_id("group"), "title": "", "questions": list(questions)}
    return {"id": new_id("page"), "title": title, "groups": [group]}


def _question(kind: QuestionKind, label: str, **more: Any) -> Asked:
    return {"id": new_id("q"), "kind": kind.value, "label": label, **more}


def _words(text: str, limit: int) -> str:
    """Return text in one line without anything that reads as markup."""
    plain = re.sub(r"[\s\x00-\x1f]+", " ", text).replace("<", "〈").replace("&#", "＆#").strip()
    return re.sub("javascript:", "javascript", plain, flags=re.IGNORECASE)[:limit]
