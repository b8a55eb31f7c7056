"""Zone names 用途地域の名称: the thirteen kinds of the law in the language of the page (都市計画法8条1項1号)."""

from django.utils.translation import gettext as _


def zone_name(name: str) -> str:
    """Return a kind of zone in the language of the page; another name as it is."""
    return {
        "第一種低層住居専用地域": _("第一種低層住居専用地域"),
        "第二種低層住居専用地域": _("第二種低層住居専用地域"),
        "第一種中高層住居専用地域": _("第一種中高層住居専用地域"),
        "第二種中高層住居専用地域": _("第二種中高層住居専用地域"),
        "第一種住居地域": _("第一種住居地域"),
        "第二種住居地域": _("第二種住居地域"),
        "準住居地域": _("準住居地域"),
        "田園住居地域": _("田園住居地域"),
        "近隣商業地域": _("近隣商業地域"),
        "商業地域": _("商業地域"),
        "準工業地域": _("準工業地域"),
        "工業地域": _("工業地域"),
        "工業専用地域": _("工業専用地域"),
    }.get(name, name)
