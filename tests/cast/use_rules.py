"""Seven published rule sets of use as data.

Sources: the cancellation table that Soka and Koshigaya publish together, the pages of Nerima Sangyo Plaza and Takayama
Bunka Kaikan, Chuo's newsletter of 11 July 2015. Of Shibuya and Daito only the 30 days and the 14th are known so; that
Shibuya counts a cancellation as late from the seventh day before is an example, as is the length of Nerima's limit.
"""

from typing import Any

SETS: dict[str, dict[str, Any]] = {
    "草加": {
        "basis": "草加市の施設の利用取消の規程",
        "refunds": [
            {"kind": "ホール", "until": "60日前", "percent": 75},
            {"kind": "ホール", "until": "14日前", "percent": 50},
            {"kind": "", "until": "8日前", "percent": 100},
        ],
    },
    "越谷": {
        "basis": "越谷市の施設の利用取消の規程",
        "refunds": [
            {"kind": "大ホール", "until": "5か月前", "percent": 100},
            {"kind": "大ホール", "until": "2か月前", "percent": 50},
            {"kind": "展示室", "until": "1か月前", "percent": 50},
            {"kind": "公民館", "until": "20日前", "percent": 100},
            {"kind": "公民館", "until": "前日", "percent": 50},
        ],
    },
    "練馬": {
        "basis": "練馬区立区民・産業プラザの利用の取消",
        "refunds": [
            {"kind": "", "until": "7日前", "percent": 100},
            {"kind": "ホール", "until": "180日前", "percent": 80},
            {"kind": "ホール", "until": "60日前", "percent": 50},
        ],
        "penalties": [
            {
                "ground": "late",
                "since": "6日前",
                "points": 1,
                "limit": 3,
                "reach": "lottery",
                "months": 1,
                "next_month": True,
            },
            {"ground": "absent", "points": 2, "limit": 3, "reach": "lottery", "months": 1, "next_month": True},
        ],
    },
    "高山": {
        "basis": "高山市民文化会館の使用の手引",
        "applications": [
            {"kind": "ホール", "opens": "1年前", "closes": "15日前"},
            {"kind": "展示会", "opens": "6か月前", "closes": "当日"},
            {"kind": "", "opens": "1か月前の1日", "closes": "当日"},
        ],
        "payments": [{"kind": "", "days_after": 0}],
    },
    "中央": {
        "basis": "中央区の集会施設の適正利用促進制度",
        "payments": [{"kind": "", "before": "当日"}],
        "penalties": [{"ground": "absent", "reach": "online", "months": 3, "next_month": True, "payment_days": 7}],
    },
    "渋谷": {
        "basis": "渋谷区の施設の直前の取消",
        "penalties": [{"ground": "late", "since": "7日前", "reach": "online", "days": 30}],
    },
    "大東": {
        "basis": "大東市公共施設予約システムの抽選",
        "bundles": True,
        "payments": [{"kind": "", "day_of_month": 14}],
    },
}
