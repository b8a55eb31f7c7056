"""Permission table 権限の一覧: who may do what, as the reference page docs/reference/permissions.md."""

from collections.abc import Iterable

from todoke.organization.models import Post
from todoke.organization.permissions import Permission, declared_permissions

INTRODUCTION = """\
# 権限の一覧

職員ができることは、きょう就いている職位の役割で決まります。兼務していれば、どの職位の分もできます。離任すると、その日の
翌日からできません。この表は `./todoke permissions` がプログラムから書き出したもので、テストが実際の職位で一つずつ
確かめています。手で直さず、各部屋の `permissions.py` を直してから書き出してください。

| 表の語 | 意味 |
|---|---|
| 全庁 | すべての部署の分についてできる |
| 自課 | 職位のある部署の分についてだけできる |
| 自課と下 | 職位のある部署と、そのすぐ下の部署の分についてできる |
| 自課と上 | 職位のある部署と、そのすぐ上の部署の分についてできる |
| — | できない |

行為には、その画面を開く権限も要ります(「職員」「設計」「推進本部」の表)。さらに行為ごとの決まりがあります。たとえば、
自分の申請は扱えず、自分の起案は決裁できず、案を書いた人は自分では公開できません。起案を決裁できるかどうかは役割の表では
なく、決裁ルートのどの段階にいるかで決まります(代決・委任を含む)。
"""


def scope_of(permission: Permission, role: str) -> str:
    """Return for the rows of which departments a role holds a permission, in the words of the table; "—" for none."""
    if role in permission.everywhere:
        return "全庁"
    places = {"自課": permission.within, "下": permission.below, "上": permission.above}
    return "と".join(place for place, roles in places.items() if role in roles) or "—"


def permission_page() -> str:
    """Return the reference page in Markdown: one table for each room, with acts as rows and roles as columns."""
    tables = (_table(str(room.verbose_name), permissions) for room, permissions in declared_permissions())
    return "\n".join([INTRODUCTION, *tables])


def _table(title: str, permissions: Iterable[Permission]) -> str:
    heads = ["行為", *(str(label) for label in Post.Role.labels), "根拠"]
    rows = (
        [each.act, *(scope_of(each, role) for role in Post.Role.values), each.source or "—"] for each in permissions
    )
    lines = [f"## {title}", "", _line(heads), "|" + "---|" * len(heads), *map(_line, rows)]
    return "\n".join(lines) + "\n"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
