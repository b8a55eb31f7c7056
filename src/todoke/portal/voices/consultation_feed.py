"""Consultation feed 意見募集の配信: every call, extension and result as an item of RSS 2.0, newest first."""

from datetime import datetime
from typing import NamedTuple
from xml.etree import ElementTree

from django.utils.feedgenerator import rfc2822_date

from todoke.design.municipality import municipality
from todoke.japanese.calendar import format_date
from todoke.runtime.links import absolute
from todoke.voices.models import Consultation, ConsultationExtension

LISTED = 50


class FeedItem(NamedTuple):
    """配信の項目: what happened to a consultation, when, and the page on which it stands."""

    title: str
    page: str
    at: datetime
    words: str
    key: str


def _of(each: Consultation) -> list[FeedItem]:
    page, found = absolute("portal:consultation", each.number), list[FeedItem]()
    if each.announced_at is not None:
        words = f"{format_date(each.opens_on)}から{format_date(each.closes_on)}まで意見を募集します。"
        found.append(FeedItem(f"意見募集: {each.title}", page, each.announced_at, words, "notice"))
    if each.published_at is not None:
        ended = each.status == Consultation.Status.PUBLISHED
        said = "結果" if ended else "策定しないことの公表"
        page = absolute("portal:consultation-result", each.number) if ended else page
        words = each.ending_words or "いただいた意見と区の考え方を公表しました。"
        found.append(FeedItem(f"{said}: {each.title}", page, each.published_at, words, "result"))
    return found


def feed_items() -> list[FeedItem]:
    """Return the newest items, newest first; two queries."""
    found = [item for each in Consultation.objects.public().order_by("-opens_on", "-pk")[:LISTED] for item in _of(each)]
    for each in ConsultationExtension.objects.select_related("consultation").order_by("-noticed_at")[:LISTED]:
        of = each.consultation
        words = f"{format_date(each.after)}まで延長しました。{each.reason}"
        page = absolute("portal:consultation", of.number)
        found.append(FeedItem(f"募集期間の延長: {of.title}", page, each.noticed_at, words, f"extension-{each.pk}"))
    return sorted(found, key=lambda item: item.at, reverse=True)[:LISTED]


def consultation_feed() -> bytes:
    """Return the feed."""
    root = ElementTree.Element("rss", {"version": "2.0"})
    channel = ElementTree.SubElement(root, "channel")
    for tag, text in (("title", f"{municipality().name}の意見募集"), ("link", absolute("portal:consultations")),
                      ("description", "意見募集の公示、延長、結果です。"), ("language", "ja")):  # fmt: skip
        ElementTree.SubElement(channel, tag).text = text
    for each in feed_items():
        item = ElementTree.SubElement(channel, "item")
        for tag, text in (("title", each.title), ("link", each.page), ("description", each.words),
                          ("pubDate", rfc2822_date(each.at))):  # fmt: skip
            ElementTree.SubElement(item, tag).text = text
        ElementTree.SubElement(item, "guid", {"isPermaLink": "false"}).text = f"{each.page}#{each.key}"
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))
