"""掲出の一覧: what the person's sections posted to LINE, and what waits for a second person."""

from collections.abc import Mapping

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from todoke.lists.cells import link, moment, tag
from todoke.lists.columns import Column
from todoke.lists.row_list import RowList
from todoke.notices.models import ChannelPost
from todoke.notices.permissions import POST_TO_CHANNEL


def _text(row: ChannelPost) -> SafeString:
    return link(reverse("office:channel-post", args=[row.pk]), str(row))


class ChannelPostList(RowList[ChannelPost]):
    """掲出の一覧: the latest first."""

    name, title, url = "channel-posts", "LINEへの掲出", "office:channel-posts"
    key, start = "pk", "-drafted"
    views = {"all": "すべて", "held": "確かめるもの", "failed": "送れなかったもの"}
    search_fields, search_label = ("text",), "本文"
    columns = (
        Column("text", "本文", lambda row: row.text, css="words", cell=_text),
        Column("status", "状態", lambda row: row.get_status_display(),
               cell=lambda row: tag(row.get_status_display(), "warning" if row.status in ("held", "failed") else "")),
        Column("held", "止めた理由", lambda row: row.held_for),
        Column("drafted", "作成日時", lambda row: row.drafted_at, sort="drafted_at", css="nowrap",
               cell=lambda row: moment(row.drafted_at)),
        Column("by", "書いた人", lambda row: row.drafted_by.name),
    )  # fmt: skip

    def rows(self, view: str) -> QuerySet[ChannelPost]:
        mine = ChannelPost.objects.filter(department__in=POST_TO_CHANNEL.departments_of(self.user))
        shown = mine.select_related("drafted_by")
        return shown.filter(status=view) if view in ("held", "failed") else shown

    def counts(self) -> Mapping[str, int]:
        return {"held": self.rows("held").count()}
