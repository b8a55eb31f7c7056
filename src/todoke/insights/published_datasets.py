"""Published datasets 公開したデータ: what catalogue, feeds and pages say of each dataset."""

from collections.abc import Iterable
from datetime import date, timedelta

from todoke.design.municipality import municipality
from todoke.insights.models.dataset import Dataset, DatasetVersion
from todoke.insights.open_data.catalogue import DatasetFacts, FileFacts, Publisher
from todoke.insights.open_data.export_formats import CSV, JSON, MEDIA_TYPES, XLSX
from todoke.insights.open_data.municipalities import municipalities
from todoke.japanese.periods import month_period
from todoke.runtime.links import absolute


def publisher() -> Publisher:
    """Return who publishes: its name, and its code where only one municipality has that name."""
    name = municipality().name
    codes = [
        each.code
        for each in municipalities().values()
        if each.name and name in (each.name, each.prefecture + each.name)
    ]
    return Publisher(name, codes[0] if len(codes) == 1 else "")


def dataset_facts(dataset: Dataset, versions: Iterable[DatasetVersion]) -> DatasetFacts:
    """Return the facts of a dataset with all its versions, the newest first in every format."""
    ordered = sorted(versions, key=lambda each: each.number, reverse=True)
    months = [each.month for each in ordered if each.month]
    return DatasetFacts(
        slug=dataset.slug, url=absolute("board:public-dataset", dataset.slug), title=dataset.title,
        description=dataset.description, publisher=municipality().name, licence=dataset.licence,
        frequency=dataset.frequency, contact=dataset.contact,
        keywords=[word for word in dataset.keywords.replace(",", "、").split("、") if word.strip()],
        issued=ordered[-1].published_at, modified=ordered[0].published_at,
        first=min(months) if months else None, last=_last_day(max(months)) if months else None,
        conforms_to=dataset.set_name and f"自治体標準オープンデータセット「{dataset.set_name}」",
        files=_files(dataset, ordered),
    )  # fmt: skip


def _last_day(month: date) -> date:
    return month_period(month.year, month.month).last + timedelta()


def _files(dataset: Dataset, ordered: list[DatasetVersion]) -> list[FileFacts]:
    newest = ordered[0]
    found = [FileFacts(_address(dataset, newest, CSV), MEDIA_TYPES[CSV], newest.size, newest.digest)]
    found += [FileFacts(_address(dataset, newest, kind), MEDIA_TYPES[kind]) for kind in (XLSX, JSON)]
    older = ordered[1:]
    return found + [FileFacts(_address(dataset, each, CSV), MEDIA_TYPES[CSV], each.size, each.digest) for each in older]


def _address(dataset: Dataset, version: DatasetVersion, kind: str) -> str:
    return absolute("portal:open-data-file", dataset.slug, version.number, kind)


def published() -> list[DatasetFacts]:
    """Return the facts of every dataset that has a version."""
    rows = Dataset.objects.published().prefetch_related("versions")
    return [dataset_facts(each, each.versions.all()) for each in rows]
