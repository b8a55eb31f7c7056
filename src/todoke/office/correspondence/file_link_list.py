"""受け渡したファイルの一覧: which file links a page shows, by what they are found and sorted, and what is exported."""

from collections.abc import Callable

from django.db.models import Count, Exists, Max, OuterRef, QuerySet
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html

from todoke.cases.models.stop_flag import protected_names
from todoke.lists.cells import hint, moment
from todoke.lists.columns import Column
from todoke.lists.row_list import RowList
from todoke.notices.models import FileLink
from todoke.organization.permissions import departments_of


def _file(link: FileLink) -> object:
    return format_html("{}<br>{}", link.file_name, hint(f"{filesizeformat(link.size)} {link.placed_by.name}"))


def _recipient(link: FileLink) -> object:
    return format_html("{}<br>{}", link.name, hint(link.email))


class FileLinkList(RowList[FileLink]):
    """受け渡したファイルの一覧: the links of the person's sections, newest first, and when they were received."""

    name, title, url, row_name = "file-links", "受け渡したファイル", "office:files", "link"
    key, start = "token", "-placed"
    person = ("name", "email")
    views = {"all": "すべて", "open": "受け取れるもの", "closed": "終わったもの"}
    search_fields, search_label = ("file_name", "name", "email"), "ファイル・相手"
    columns = (
        Column("file", "ファイル", lambda x: x.file_name, sort="file_name", cell=_file, css="words", personal=True),
        Column("recipient", "相手", lambda x: x.name, sort="name", cell=_recipient, personal=True),
        Column("email", "相手のメール", lambda x: x.email, shown=False, exported=True, personal=True),
        Column("placed", "渡した日時", lambda x: x.placed_at, sort="placed_at", cell=lambda x: moment(x.placed_at),
               css="nowrap"),
        Column("by", "渡した人", lambda x: x.placed_by.name, shown=False, exported=True),
        Column("expires", "期限", lambda x: x.expires_at, sort="expires_at", css="nowrap"),
        Column("received", "受け取り", lambda x: x.received_at, sort="received_at", css="nowrap",
               cell=lambda x: moment(x.received_at) or "まだ"),
        Column("times", "受け取りの回数", lambda x: x.times, sort="times", css="number", shown=False, exported=True),
        Column("state", "状態", lambda x: "受け取れます" if x.is_open else "終わりました",
               template="office/files/state.html"),
    )  # fmt: skip

    def withheld(self) -> Callable[[FileLink], bool]:
        protected = protected_names()
        return lambda row: protected(row.name)

    def rows(self, view: str) -> QuerySet[FileLink]:
        found = FileLink.objects.filter(department__in=departments_of(self.user)).annotate(
            is_open=Exists(FileLink.objects.open().filter(pk=OuterRef("pk"))),
            received_at=Max("downloads__at"), times=Count("downloads"),
        ).select_related("placed_by")  # fmt: skip
        return found if view in {"", "all"} else found.filter(is_open=view == "open")
