"""Tables of staff as the personnel section of a city keeps them."""

from collections.abc import Iterable, Iterator

from tests import cast
from todoke.accounts.models import User
from todoke.organization.models import Post
from todoke.personnel.staff_table import HEADS
from todoke.spreadsheets.writer import xlsx_file

Line = tuple[str, ...]
FAMILY = ("佐藤", "鈴木", "高橋", "田中", "伊藤", "渡辺", "山本", "中村", "小林", "加藤")
GIVEN = ("葵", "蓮", "陽菜", "湊", "結衣", "樹", "凛", "大和", "咲", "悠真")


def administrator() -> User:
    section = cast.department("DX推進課", "9")
    return cast.staff("井上 学", "admin@example.lg.jp", Post.Role.ADMINISTRATOR, section)


def line(code: str, department: str, title: str = "", name: str = "", email: str = "", **more: str) -> Line:
    """A row of the table; ``more`` are parent, phone, role, kana, starts_on and ends_on."""
    keys = ("parent", "phone", "role", "kana", "starts_on", "ends_on")
    parent, phone, role, kana, starts, ends = (more.get(key, "") for key in keys)
    return (code, department, parent, phone, title, role, name, kana, email, starts, ends)


def workbook(lines: Iterable[Line]) -> bytes:
    return xlsx_file(HEADS, lines)


def city(people: int) -> Iterator[Line]:
    """A city of sections of twenty under bureaus of ten sections: a chief and clerks in each, a director above."""
    for number in range(people):
        section = number // 20
        bureau, place = f"{section // 10 + 1:02}00", number % 20
        name = f"{FAMILY[number % 10]} {GIVEN[number // 10 % 10]}{number:04}"
        who = {"name": name, "email": f"staff{number:04}@city.example.lg.jp"}
        if number % 200 == 0:
            yield line(bureau, f"第{section // 10 + 1}部", "部長", **who)
        else:
            code, department = f"{section // 10 + 1:02}{section % 10 + 1:02}", f"第{section + 1}課"
            title = {0: "課長", 1: "課長", 2: "係長"}.get(place, "係員") if number % 200 != 1 else "課長"
            yield line(
                code, department, "課長" if place == 1 else title if title != "課長" else "主査", parent=bureau, **who
            )
