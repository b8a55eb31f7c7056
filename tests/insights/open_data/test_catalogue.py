"""The catalogue is DCAT: a library of others reads it as a graph, and every property of the standard is there."""

import csv
import io
import json
from datetime import date
from xml.etree import ElementTree

import pytest
from django.test import Client
from rdflib import DCAT, DCTERMS, RDF, Graph, Literal, Namespace, URIRef

from tests import cast
from tests.cast import open_data
from todoke.accounts.actors import System
from todoke.insights.models import RateRecord
from todoke.insights.models.dataset import publish_month

pytestmark = pytest.mark.django_db
SPDX = Namespace("http://spdx.org/rdf/terms#")
OF_DATASET = (
    DCTERMS.identifier, DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.issued, DCTERMS.modified,
    DCTERMS.license, DCTERMS.accrualPeriodicity, DCAT.theme, DCAT.keyword, DCAT.contactPoint, DCAT.distribution,
)  # fmt: skip
OF_FILE = (DCAT.accessURL, DCAT.downloadURL, DCAT.mediaType, DCTERMS.license)


def graph(path: str, client: Client) -> Graph:
    answer = client.get(path)
    assert answer["Content-Type"].startswith("application/ld+json")
    return Graph().parse(data=answer.content.decode(), format="json-ld")


def series() -> None:
    RateRecord.objects.create(key="possible", on=date(2026, 5, 31), numerator=1, denominator=2)
    publish_month("rates", date(2026, 5, 1), by=System())


def test_the_catalogue_is_read_as_a_graph_with_every_property(client: Client) -> None:
    open_data.published(cast.chief())
    series()
    read = graph("/data/catalog.jsonld", client)
    [catalogue] = read.subjects(RDF.type, DCAT.Catalog)
    datasets = list(read.objects(catalogue, DCAT.dataset))
    assert len(datasets) == 2
    for each in datasets:
        assert [name for name in OF_DATASET if read.value(each, name) is None] == []
        assert cast.present(read.value(each, DCTERMS.title)).language == "ja"  # type: ignore[attr-defined] # a literal
        files = list(read.objects(each, DCAT.distribution))
        assert [(file, name) for file in files for name in OF_FILE if read.value(file, name) is None] == []
        assert any(read.value(file, DCAT.byteSize) is not None for file in files)
        assert any(read.value(read.value(file, SPDX.checksum), SPDX.checksumValue) for file in files)
    [counted] = read.subjects(DCTERMS.identifier, Literal("series-rates"))
    period = read.value(counted, DCTERMS.temporal)
    assert str(read.value(period, DCAT.endDate)) == "2026-05-31"
    assert read.value(counted, DCTERMS.accrualPeriodicity) == URIRef(
        "http://publications.europa.eu/resource/authority/frequency/MONTHLY"
    )


def test_one_dataset_names_the_standard_that_it_follows(client: Client) -> None:
    dataset = open_data.dataset()
    type(dataset).objects.update(set_name="公共施設一覧")
    dataset.refresh_from_db()
    dataset.publish(open_data.CLEAN.encode(), records=2, columns=7, by=System())
    read = graph("/data/facilities.jsonld", client)
    [found] = read.subjects(RDF.type, DCAT.Dataset)
    assert "公共施設一覧" in str(read.value(cast.present(read.value(found, DCTERMS.conformsTo)), DCTERMS.title))


def test_nothing_has_to_be_fetched_to_read_it(client: Client) -> None:
    open_data.published(cast.chief())
    said = json.loads(client.get("/data/catalog.jsonld").content)
    assert isinstance(said["@context"], dict)


def test_files_come_in_every_format_under_addresses_that_stay(client: Client) -> None:
    open_data.published(cast.chief())
    plain = client.get("/data/facilities/1.csv?bom=0").content
    assert plain.decode() == open_data.CLEAN
    assert client.get("/data/facilities/newest.csv").content == b"\xef\xbb\xbf" + plain
    assert client.get("/data/facilities/1.xlsx").content.startswith(b"PK")
    assert client.get("/data/facilities/1.json").json()[1]["名称"] == "図書館"
    places = client.get("/data/facilities/1.geojson").json()["features"]
    assert places[0]["geometry"]["coordinates"] == [138.323171, 34.866918]
    assert client.get("/data/facilities/2.csv").status_code == 404
    assert client.get("/data/facilities/1.exe").status_code == 404


def test_a_table_without_coordinates_has_no_map(client: Client) -> None:
    series()
    assert client.get("/data/series-rates/1.geojson").status_code == 404


def test_feeds_name_what_was_published(client: Client) -> None:
    open_data.published(cast.chief())
    atom = ElementTree.fromstring(client.get("/data/feed.atom").content)  # our own
    assert [each.text for each in atom.iter("{http://www.w3.org/2005/Atom}title")][1:] == ["公共施設の一覧"]
    rss = ElementTree.fromstring(client.get("/data/feed.rss").content)  # our own
    assert [each.findtext("title") for each in rss.iter("item")] == ["公共施設の一覧"]


def test_the_list_of_datasets_is_generated(client: Client) -> None:
    open_data.published(cast.chief())
    text = client.get("/data/list.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["データセット_タイトル"] for row in rows} == {"公共施設の一覧"}
    assert {row["ファイル_形式"] for row in rows} >= {"text/csv", "application/json"}


def test_an_unpublished_dataset_is_nowhere(client: Client) -> None:
    open_data.dataset()
    assert client.get("/data/facilities.jsonld").status_code == 404
    assert client.get("/board/public/data/facilities/").status_code == 404
    assert "公共施設" not in client.get("/board/public/data/").content.decode()


def test_people_find_the_data_without_signing_in(client: Client) -> None:
    open_data.published(cast.chief())
    assert client.get("/data/")["Location"] == "/board/public/data/"
    page = client.get("/board/public/data/facilities/").content.decode()
    assert "図書館" in page
    assert "application/ld+json" in page
