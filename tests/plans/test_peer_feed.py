"""Figures go from one municipality to another with their definition, signed, and are taken in from known keys only."""

import base64
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from tests import cast
from tests.cast import signed_in
from tests.cast.procedures import procedure
from todoke.accounts.actors import System
from todoke.accounts.models import User
from todoke.insights.figure_feed import figure_feed
from todoke.plans.models import PeerFigure
from todoke.plans.peer_feed import take_in_feed, take_in_feeds
from todoke.runtime.installation_key import public_key, write_signed
from todoke.runtime.refusals import Unreadable

pytestmark = pytest.mark.django_db


def as_another(settings: Settings, number: int) -> None:
    """Let what follows happen on another installation."""
    settings.INSTALLATION_KEY = base64.urlsafe_b64encode(bytes([number] * 32)).decode()


def feeds_of_three(settings: Settings) -> dict[str, str]:
    """Feeds of three municipalities whose keys are known here; the third counts by a definition of its own."""
    procedure("犬の登録")
    feeds, known = {}, {}
    for number, name in enumerate(("霞市", "湊町", "峠村"), 1):
        as_another(settings, number)
        known[name] = public_key()
        text = figure_feed()
        if name == "峠村":
            body = {key: value for key, value in json.loads(text).items() if key not in {"key", "signature"}}
            for figure in body["figures"]:
                figure["meaning"] = "窓口で受けた手続だけを数えます。"
            text = write_signed(body)
        feeds[f"https://{number}.example/.well-known/todoke-figures.json"] = text
    as_another(settings, 9)
    settings.PEERS = known
    return feeds


def test_figures_of_three_stand_with_their_definitions_and_a_differing_one_is_kept_apart(settings: Settings) -> None:
    feeds = feeds_of_three(settings)
    report = take_in_feeds(feeds, feeds.__getitem__, by=System())
    assert (report.problems, PeerFigure.objects.values("municipality").distinct().count()) == ([], 3)
    page = signed_in(cast.headquarters()).get("/board/peers/?figure=procedures").content.decode()
    names = [page.index(name) for name in ("霞市", "湊町", "峠村")]
    assert names == sorted(names)
    assert (page.count("こちらと同じ定義"), page.count("定義が違います")) == (2, 1)
    other = signed_in(User.objects.get(email="dx@example.lg.jp")).get("/board/peers/?meaning=other").content.decode()
    assert ("峠村" in other, "霞市" in other) == (True, False)


def test_a_feed_taken_in_twice_replaces_itself(settings: Settings) -> None:
    feeds = feeds_of_three(settings)
    counts = [take_in_feeds(feeds, feeds.__getitem__, by=System()).taken for _ in range(2)]
    assert counts == [PeerFigure.objects.count()] * 2


def test_one_changed_byte_or_an_unknown_key_is_refused_and_the_others_are_read(settings: Settings) -> None:
    feeds = feeds_of_three(settings)
    first = next(iter(feeds))
    feeds[first] = feeds[first].replace('"numerator": 0', '"numerator": 1', 1)
    del settings.PEERS["湊町"]
    report = take_in_feeds(feeds, feeds.__getitem__, by=System())
    assert len(report.problems) == 2
    assert set(PeerFigure.objects.values_list("municipality", flat=True)) == {"峠村"}


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "todoke-form"}', "[" * 9999, "x" * 1_000_001])
def test_what_is_no_feed_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        take_in_feed(text, source="x", by=System())


def test_a_figure_that_cannot_be_read_is_named_and_the_rest_is_taken(settings: Settings) -> None:
    as_another(settings, 1)
    settings.PEERS = {"霞市": public_key()}
    good = {
        "key": "procedures",
        "meaning": "定義",
        "on": "2026-11-01",
        "numerator": 1,
        "denominator": 2,
        "percent": "50",
    }
    wrong = [{**good, "percent": "500"}, {**good, "key": "x"}, {**good, "on": "きのう"}, 7]
    text = write_signed({"format": "todoke-figures", "figures": [good, *wrong]})
    taken, problems = take_in_feed(text, source="https://x.example/", by=System())
    assert (taken, len(problems)) == (1, 4)


def test_the_command_reads_a_file_and_refuses_an_address_without_tls(settings: Settings, tmp_path: Path) -> None:
    feeds = feeds_of_three(settings)
    place = tmp_path / "feed.json"
    place.write_text(next(iter(feeds.values())), encoding="utf-8")
    out, err = StringIO(), StringIO()
    call_command("peers", "--feed", str(place), "--feed", "http://x.example/", stdout=out, stderr=err)
    assert "2か所から" in out.getvalue()
    assert "https:// で始まるアドレス" in err.getvalue()
    assert set(PeerFigure.objects.values_list("municipality", flat=True)) == {"霞市"}


def test_everybody_finds_the_key_and_the_feed(client: Client) -> None:
    procedure("犬の登録")
    said = client.get("/.well-known/todoke.json").json()
    assert (said["municipality"], said["key"]) == ("みらい区", public_key())
    feed = client.get(said["figures"])
    assert feed.json()["key"] == public_key()
    assert {figure["key"] for figure in feed.json()["figures"]} >= {"procedures"}
