"""Catalogue カタログ: the published datasets as DCAT 3 in JSON-LD, as feeds, and as the standard list. Pure."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree  # writes only

CONTEXT: dict[str, Any] = {
    "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#", "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#", "schema": "https://schema.org/",
}  # fmt: skip
FREQUENCIES = "http://publications.europa.eu/resource/authority/frequency/"
MEDIA = "https://www.iana.org/assignments/media-types/"
SHA256 = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"
LIST_HEADS = (
    "全国地方公共団体コード", "ID", "地方公共団体名", "データセット_タイトル", "データセット_概要",
    "データセット_キーワード", "データセット_更新頻度", "データセット_URL", "データセット_ライセンス",
    "データセット_問い合わせ先", "データセット_公開日", "データセット_最終更新日", "ファイル_URL", "ファイル_形式",
)  # fmt: skip


@dataclass(frozen=True)
class FileFacts:
    """公開したファイル: address, kind, size and digest of one file of a dataset."""

    url: str
    media_type: str
    size: int | None = None
    digest: str = ""


@dataclass(frozen=True)
class DatasetFacts:
    """データセットの事実: what a catalogue says of one dataset."""

    slug: str
    url: str
    title: str
    description: str
    publisher: str
    licence: str
    frequency: str
    contact: str
    keywords: Sequence[str]
    issued: datetime
    modified: datetime
    first: date | None
    last: date | None
    conforms_to: str
    files: Sequence[FileFacts]


@dataclass(frozen=True)
class Publisher:
    """公開する団体: its name, its municipal code and its corporate number ("" where it is not known)."""

    name: str
    code: str = ""
    corporate_number: str = ""


def catalogue(url: str, publisher: Publisher, datasets: Iterable[DatasetFacts]) -> dict[str, Any]:
    """Return the catalogue as JSON-LD with its context inside, so that nothing is fetched to read it."""
    return {
        "@context": CONTEXT, "@id": url, "@type": "dcat:Catalog", "dct:title": _ja(f"{publisher.name}のオープンデータ"),
        "dct:publisher": _agent(publisher),
        "dct:language": {"@id": "http://id.loc.gov/vocabulary/iso639-1/ja"},
        "dcat:dataset": [_dataset(publisher, each) for each in datasets],
    }  # fmt: skip


def dataset(publisher: Publisher, facts: DatasetFacts) -> dict[str, Any]:
    """Return one dataset as JSON-LD with its context inside."""
    return {"@context": CONTEXT, **_dataset(publisher, facts)}


def _ja(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "ja"}


def _typed(value: object, kind: str) -> dict[str, str]:
    return {"@value": str(value), "@type": f"xsd:{kind}"}


def _agent(publisher: Publisher) -> dict[str, Any]:
    agent: dict[str, Any] = {"@type": "foaf:Organization", "foaf:name": _ja(publisher.name)}
    if publisher.corporate_number:
        agent["@id"] = f"https://info.gbiz.go.jp/hojin/ichiran?hojinBango={publisher.corporate_number}"
        agent["dct:identifier"] = publisher.corporate_number
    return agent


def _dataset(publisher: Publisher, facts: DatasetFacts) -> dict[str, Any]:
    said: dict[str, Any] = {
        "@id": facts.url, "@type": "dcat:Dataset", "dct:identifier": facts.slug, "dct:title": _ja(facts.title),
        "dct:description": _ja(facts.description), "dct:publisher": _agent(publisher),
        "dct:issued": _typed(facts.issued.isoformat(), "dateTime"),
        "dct:modified": _typed(facts.modified.isoformat(), "dateTime"), "dct:license": {"@id": facts.licence},
        "dct:accrualPeriodicity": {"@id": f"{FREQUENCIES}{facts.frequency}"},
        "dcat:theme": {"@id": "http://publications.europa.eu/resource/authority/data-theme/GOVE"},
        "dcat:keyword": [_ja(each) for each in facts.keywords or ["行政"]],
        "dcat:contactPoint": {"@type": "vcard:Organization", "vcard:fn": facts.contact},
        "dcat:landingPage": {"@id": facts.url}, "dcat:distribution": [_file(facts, each) for each in facts.files],
    }  # fmt: skip
    if publisher.code:
        said["dct:spatial"] = {"@type": "dct:Location", "dct:identifier": publisher.code}
    if facts.first and facts.last:
        said["dct:temporal"] = {
            "@type": "dct:PeriodOfTime", "dcat:startDate": _typed(facts.first, "date"),
            "dcat:endDate": _typed(facts.last, "date"),
        }  # fmt: skip
    if facts.conforms_to:
        said["dct:conformsTo"] = {"@type": "dct:Standard", "dct:title": _ja(facts.conforms_to)}
    return said


def _file(facts: DatasetFacts, file: FileFacts) -> dict[str, Any]:
    said: dict[str, Any] = {
        "@id": file.url, "@type": "dcat:Distribution", "dct:title": _ja(f"{facts.title}({file.media_type})"),
        "dcat:accessURL": {"@id": facts.url}, "dcat:downloadURL": {"@id": file.url},
        "dcat:mediaType": {"@id": f"{MEDIA}{file.media_type}"}, "dct:license": {"@id": facts.licence},
    }  # fmt: skip
    if file.size is not None:
        said["dcat:byteSize"] = _typed(file.size, "nonNegativeInteger")
    if file.digest:
        said["spdx:checksum"] = {
            "@type": "spdx:Checksum", "spdx:algorithm": {"@id": SHA256},
            "spdx:checksumValue": _typed(file.digest, "hexBinary"),
        }  # fmt: skip
    return said


def schema_org(publisher: Publisher, facts: DatasetFacts) -> str:
    """Return one dataset as search engines read it, JSON that may stand in a page."""
    said = {
        "@context": "https://schema.org", "@type": "Dataset", "name": facts.title, "description": facts.description,
        "url": facts.url, "license": facts.licence, "dateModified": facts.modified.isoformat(),
        "creator": {"@type": "GovernmentOrganization", "name": publisher.name},
        "distribution": [
            {"@type": "DataDownload", "contentUrl": each.url, "encodingFormat": each.media_type} for each in facts.files
        ],
    }  # fmt: skip
    return json.dumps(said, ensure_ascii=False).replace("<", "\\u003c")


def atom(url: str, feed: str, publisher: Publisher, datasets: Sequence[DatasetFacts]) -> bytes:
    """Return the datasets as an Atom feed, newest first."""
    ordered = sorted(datasets, key=lambda each: each.modified, reverse=True)
    root = ElementTree.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "ja"})
    _add(root, "title", f"{publisher.name}のオープンデータ")
    _add(root, "id", url)
    ElementTree.SubElement(root, "link", {"href": feed, "rel": "self"})
    _add(
        root,
        "updated",
        (ordered[0].modified if ordered else datetime.fromisoformat("1970-01-01T00:00:00+00:00")).isoformat(),
    )
    author = ElementTree.SubElement(root, "author")
    _add(author, "name", publisher.name)
    for each in ordered:
        entry = ElementTree.SubElement(root, "entry")
        _add(entry, "title", each.title)
        _add(entry, "id", each.url)
        ElementTree.SubElement(entry, "link", {"href": each.url})
        _add(entry, "updated", each.modified.isoformat())
        _add(entry, "summary", each.description)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def rss(url: str, publisher: Publisher, datasets: Sequence[DatasetFacts]) -> bytes:
    """Return the datasets as an RSS 2.0 feed, newest first."""
    root = ElementTree.Element("rss", {"version": "2.0"})
    channel = ElementTree.SubElement(root, "channel")
    _add(channel, "title", f"{publisher.name}のオープンデータ")
    _add(channel, "link", url)
    _add(channel, "description", "公開したデータと、その更新です。")
    for each in sorted(datasets, key=lambda each: each.modified, reverse=True):
        item = ElementTree.SubElement(channel, "item")
        _add(item, "title", each.title)
        _add(item, "link", each.url)
        _add(item, "guid", f"{each.url}#{each.modified:%Y%m%d%H%M%S}").set("isPermaLink", "false")
        _add(item, "pubDate", f"{each.modified:%a, %d %b %Y %H:%M:%S %z}")
        _add(item, "description", each.description)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _add(parent: ElementTree.Element, tag: str, text: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, tag)
    child.text = text
    return child


def standard_list(publisher: Publisher, datasets: Iterable[DatasetFacts]) -> bytes:
    """Return the generated set オープンデータ一覧 as CSV in UTF-8 with its mark and CRLF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(LIST_HEADS)
    for each in datasets:
        for file in each.files:
            writer.writerow([
                publisher.code, each.slug, publisher.name, each.title, each.description, ";".join(each.keywords),
                each.frequency, each.url, each.licence, each.contact, f"{each.issued:%Y-%m-%d}",
                f"{each.modified:%Y-%m-%d}", file.url, file.media_type,
            ])  # fmt: skip
    return out.getvalue().encode("utf-8-sig")
