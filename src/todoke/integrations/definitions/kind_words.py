"""Kind words 種類の言葉: what other form services call their kinds of questions, and which kind that is here. Pure."""

from todoke.formbuilder.document.question_kinds import QuestionKind
from todoke.spreadsheets.heading_guesses import heading_key

SECTION, NONE = "=section", "=none"
"""A row that begins a section, and one that asks nothing that can be asked here."""
K = QuestionKind
WORDS: dict[str, tuple[str, ...]] = {
    K.SHORT_TEXT: (
        "テキスト", "1行テキスト", "一行テキスト", "テキストボックス", "テキスト(1行)", "短文", "短文回答", "記述式",
        "記述式(短文)", "文字列", "文字列(1行)", "1行", "一行入力", "自由入力", "text", "short answer", "short text",
        "single line text", "string", "textbox", "input", "リンク", "link", "url",
    ),
    K.LONG_TEXT: (
        "段落", "複数行", "複数行テキスト", "テキスト(複数行)", "テキストエリア", "長文", "長文回答", "記述式(長文)",
        "自由記述", "文字列(複数行)", "paragraph", "long text", "long answer", "textarea", "multi line text",
        "リッチエディター", "rich text",
    ),
    K.CHOICE: (
        "ラジオボタン", "ラジオ", "単一選択", "単数選択", "択一", "一つ選ぶ", "プルダウン", "ドロップダウン",
        "セレクトボックス", "リスト", "選択式", "選択", "単一回答", "radio", "radio button", "select", "dropdown",
        "drop down", "multiple choice", "choice", "list", "均等目盛", "scale", "rating", "評価", "checkbox single",
    ),
    K.CHOICES: (
        "チェックボックス", "複数選択", "複数回答", "いくつでも選ぶ", "チェック", "checkbox", "check box",
        "checkboxes", "multi select", "multiselect", "choices",
    ),
    K.YES_NO: (
        "はい・いいえ", "はい/いいえ", "yes no", "boolean", "トグル",
    ),
    K.DATE: (
        "日付", "年月日", "生年月日", "カレンダー", "date",
    ),
    K.NUMBER: (
        "数値", "数字", "数", "整数", "number", "integer",
    ),
    K.MONEY: (
        "金額", "円", "currency", "money",
    ),
    K.EMAIL: (
        "メール", "メールアドレス", "email", "e-mail", "mail",
    ),
    K.PHONE: (
        "電話", "電話番号", "tel", "phone", "phone number",
    ),
    K.ADDRESS: (
        "住所", "address", "郵便番号住所",
    ),
    K.NAME: (
        "氏名", "名前", "お名前", "name", "full name",
    ),
    K.FILE: (
        "ファイル", "添付", "添付ファイル", "ファイルアップロード", "ファイル添付", "画像アップロード", "file",
        "file upload", "attachment",
    ),
    K.DECLARATION: (
        "同意", "同意確認", "規約同意", "誓約", "consent", "agreement",
    ),
    K.INFORMATION: (
        "説明文", "説明", "文章", "案内", "ラベル", "注意書き", "テキスト表示", "タイトルと説明", "label", "html",
        "note", "description", "statement",
    ),
    K.CORPORATE_NUMBER: (
        "法人番号",
    ),
    K.BANK_ACCOUNT: (
        "口座", "振込先", "振込先口座", "口座情報",
    ),
    SECTION: (
        "見出し", "セクション", "ページ", "改ページ", "ページ区切り", "グループ", "大項目", "section", "page",
        "page break", "group", "heading", "checkbox group",
    ),
    NONE: (
        "計算", "計算式", "自動計算", "calc", "calculated", "マイナンバー", "個人番号", "決済", "支払い", "payment",
        "予約", "位置情報", "署名", "手書き", "signature", "画像", "動画", "image", "video", "罫線", "スペース",
        "spacer", "隠し項目", "hidden", "reference table", "関連レコード一覧", "ルックアップ", "ユーザー選択",
        "user select", "組織選択", "グループ選択", "grid", "マトリクス", "表形式",
    ),
}  # fmt: skip
_BY_KEY = {heading_key(word): meaning for meaning, words in WORDS.items() for word in words}


def meaning_of(word: str) -> str:
    """Return the value of a kind, ``SECTION`` or ``NONE`` that a word means; "" for one that is not known."""
    return str(_BY_KEY.get(heading_key(word), ""))
