"""The cast of forms from elsewhere: the same form as other services write it out; synthetic."""

import json
from typing import Any

LOGO_LIKE = """項目番号,ページ名,項目名,項目タイプ,必須,選択肢,補足文,条件分岐
1,申込者,お名前,テキスト(1行),必須,,戸籍のとおりに<br>書いてください,
2,申込者,メールアドレス,テキスト(1行),必須,,,
3,申込者,マイナンバー,数値,任意,,,
4,講座,希望する講座,ラジオボタン,必須,"やさしいスマホ
はじめての俳句
その他",,その他のとき5へ
5,講座,その他の内容,テキストエリア,任意,,,
6,講座,持ってくるもの,チェックボックス,△,筆記用具;老眼鏡,,
7,講座,会場の地図,地図ウィジェット,任意,,,
8,講座,同意,チェックボックス,必須,講座の決まりに同意する,,
9,講座,,テキスト(1行),任意,,,
10,講座,参加費,決済,必須,,,
"""
GOOGLE: dict[str, Any] = {
    "formId": "x", "info": {"title": "市民講座の申込み", "description": "毎月の講座です。", "documentTitle": "講座"},
    "items": [
        {"itemId": "1", "title": "お名前", "questionItem": {"question": {"required": True, "textQuestion": {}}}},
        {"itemId": "2", "title": "希望する日", "questionItem": {"question": {"dateQuestion": {"includeYear": True}}}},
        {"itemId": "3", "title": "講座", "pageBreakItem": {}},
        {"itemId": "4", "title": "コース", "description": "一つ", "questionItem": {"question": {
            "required": True, "choiceQuestion": {"type": "DROP_DOWN", "options": [
                {"value": "午前", "goToAction": "SUBMIT_FORM"}, {"value": "午後"}, {"isOther": True}]}}}},
        {"itemId": "5", "title": "満足度", "questionItem": {"question": {"scaleQuestion": {"low": 1, "high": 3}}}},
        {"itemId": "6", "title": "出席", "questionGroupItem": {
            "questions": [{"rowQuestion": {"title": "4月"}}, {"required": True, "rowQuestion": {"title": "5月"}}],
            "grid": {"columns": {"type": "RADIO", "options": [{"value": "出る"}, {"value": "休む"}]}}}},
        {"itemId": "7", "title": "お知らせ", "textItem": {}},
        {"itemId": "8", "videoItem": {"video": {"youtubeUri": "x"}}, "title": "案内の動画"},
    ],
}  # fmt: skip
KINTONE: dict[str, Any] = {"revision": "2", "properties": {
    "受付番号": {"type": "RECORD_NUMBER", "code": "受付番号", "label": "受付番号"},
    "name": {"type": "SINGLE_LINE_TEXT", "code": "name", "label": "申請者の氏名", "required": True},
    "kind": {"type": "RADIO_BUTTON", "code": "kind", "label": "区分", "required": True,
             "options": {"個人": {"label": "個人", "index": "1"}, "団体": {"label": "団体", "index": "0"}}},
    "tel": {"type": "LINK", "code": "tel", "label": "連絡のつく番号", "protocol": "CALL"},
    "sum": {"type": "CALC", "code": "sum", "label": "合計", "expression": "a*b"},
    "rows": {"type": "SUBTABLE", "code": "rows", "label": "同居の家族", "fields": {
        "age": {"type": "NUMBER", "code": "age", "label": "年齢", "required": False}}},
}}  # fmt: skip
SECTIONS: dict[str, Any] = {"title": "住民異動届", "sections": [
    {"title_ja": "届出の種類", "fields": [{"label": "転入", "type": "checkbox", "required": True,
                                       "options": ["する", "しない"]}]},
    {"title_ja": "新住所", "fields": [{"label": "新しい住所", "required": True}, {"label": "方書", "required": False}]},
]}  # fmt: skip
ANSWERS = "タイムスタンプ,お名前,希望する講座,ご意見\n" + "".join(
    f"2026/04/0{n} 9:00,{name}山,{course},意見{n}\n"
    for n, (name, course) in enumerate(zip("甲乙丙丁戊己", ["俳句", "スマホ"] * 3, strict=True), 1)
)  # fmt: skip


def as_json(told: dict[str, Any]) -> bytes:
    """A document as a service writes it."""
    return json.dumps(told, ensure_ascii=False).encode()
