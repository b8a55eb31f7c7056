"""見本の中身: synthetic sample content of the component gallery."""

from datetime import date
from typing import Any

from todoke.design.templatetags.lists import Stage, SummaryListRow, Tab

SAMPLES: dict[str, Any] = {
    "journey": ["住所", "受け取り方", "書類", "確認", "完了"],
    "stages": [
        Stage("受け付けました", "done", date(2026, 11, 20)),
        Stage("審査しています", "now", None, "11月27日(金)ごろまでに結果をお知らせします。"),
        Stage("結果をお知らせします", "ahead"),
    ],
    "answers": [
        SummaryListRow("氏名", "髙橋 𠮷子", "#fields"),
        SummaryListRow("住所", "みらい区中央一丁目2番3号\nみらいハイツ405", "#fields"),
        SummaryListRow("手数料", "300円"),
    ],
    "tabs_sample": [
        Tab("未着手", "#tables", 12, True),
        Tab("審査中", "#tables", 34),
        Tab("補正待ち", "#tables", 3),
        Tab("完了", "#tables"),
    ],
    "cases": [
        ("2026-000123-4", "住民票の写しの交付請求", "あと3日", date(2026, 11, 20), 300),
        ("2026-000124-2", "犬の登録申請", "きょうまで", date(2026, 11, 19), 3000),
        ("2026-000125-0", "児童手当 認定請求", "2日すぎ", date(2026, 11, 2), 0),
    ],
    "channels": [("オンライン", 1234), ("窓口", 2310), ("郵送", 412), ("電話", None)],
    "months": ["4月", "5月", "6月", "7月", "8月", "9月", "10月"],
    "rates": [
        ("手続の数", [41.0, 43.5, 44.0, 47.2, None, 52.0, 57.3]),
        ("件数", [12.0, 15.0, 15.5, 18.0, 22.0, 24.0, 31.0]),
    ],
}
