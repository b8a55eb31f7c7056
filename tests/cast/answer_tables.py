"""The cast of tables of answers: what another form service writes out, as CSV."""

from collections.abc import Sequence

HEADS = ("回答番号", "回答日時", "氏名", "氏名(フリガナ)", "通数", "生活保護を受けていますか", "更新者", "添付ファイル")
GOOD = ("1001", "2026/11/05 09:30", "山田 花子", "ヤマダ ハナコ", "2", "いいえ", "admin", "写し.pdf")
OTHER = ("1002", "2026/11/06 10:00", "髙橋 一郎", "タカハシ イチロウ", "1", "はい", "admin", "")
BAD = ("1003", "きのう", "佐藤", "サトウ ハル", "99", "たぶん", "admin", "")


def csv(*rows: Sequence[str], encoding: str = "utf-8-sig") -> bytes:
    return "".join(",".join(f'"{cell}"' for cell in row) + "\r\n" for row in (HEADS, *rows)).encode(encoding)
