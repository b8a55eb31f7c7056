"""Name, logo, colour and links of a municipality are published in versions and stand on every page."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pypdf import PdfReader
from pytest_django import Settings

from tests import cast
from tests.cast import signed_in
from tests.cast.appearance import LINKS, PNG
from tests.cast.cases import counter, decided
from tests.cast.personnel import administrator
from tests.cast.procedures import procedure
from todoke.accounts.models import User
from todoke.cases.applicant_copy import ApplicantCopy
from todoke.cases.letters.letter_data import letter_of_case
from todoke.cases.letters.letter_pdf import render_letter
from todoke.design.municipality import municipality
from todoke.installation.appearance import publish_appearance, read_logo
from todoke.installation.models import Appearance
from todoke.notices.outbox import render
from todoke.runtime.installation_key import public_key, reading_digits
from todoke.runtime.refusals import NotAllowed, Unreadable

pytestmark = pytest.mark.django_db


def publish(by: User, **facts: object) -> Appearance:
    given = {"name": "みなと台市", "accent": "#00695c", "links": LINKS, "logo": (PNG, "image/png"), **facts}
    return publish_appearance(by=by, **given)  # type: ignore[arg-type] # facts of the right kinds


def test_another_city_has_its_own_name_colour_logo_and_links_on_every_page(client: Client) -> None:
    assert "みらい区" in client.get("/").content.decode()
    made = publish(administrator())
    page = client.get("/").content.decode()
    assert "みらい区" not in page
    assert all(
        words in page for words in ("みなと台市", f"/appearance/{made.digest}.css", f"/appearance/{made.digest}.png")
    )
    assert 'href="https://www.city.example.lg.jp/accessibility/">ウェブアクセシビリティ方針</a>' in page
    assert "--accent:#00695c" in client.get(f"/appearance/{made.digest}.css").content.decode()
    logo = client.get(f"/appearance/{made.digest}.png")
    assert (logo.content, logo.headers["Content-Type"]) == (PNG, "image/png")
    assert "immutable" in logo.headers["Cache-Control"]


def test_mails_and_counters_say_the_published_name(client: Client) -> None:
    publish(administrator())
    number = procedure("犬の登録", department=cast.department("生活衛生課", "3010")).number
    assert "みなと台市役所" in client.get(f"/procedures/{number}/").content.decode()
    assert "みなと台市" in render("notice-trial", {"words": "x", "text": "x"})[1]


def test_a_new_version_keeps_the_logo_and_an_old_page_finds_its_own(client: Client) -> None:
    by = administrator()
    first, second = publish(by), publish(by, accent="#7a1f3d", logo=None)
    assert bytes(second.logo) == PNG
    assert client.get(f"/appearance/{first.digest}.css").status_code == 200
    third = publish(by, accent="", logo=(b"", ""))
    assert (municipality().logo, municipality().stylesheet, third.number) == ("", "", 3)


def test_a_colour_nobody_can_read_is_refused_with_one_that_can_be_read() -> None:
    with pytest.raises(ValidationError, match="近い色では"):
        publish(administrator(), accent="#ffcc00")
    assert not Appearance.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"links": {"site": "javascript:alert(1)"}}, {"links": {"shop": "https://x.example/"}}]
)
def test_a_link_that_is_none_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        publish(administrator(), **wrong)


def test_only_pictures_become_logos() -> None:
    assert read_logo(PNG) == (PNG, "image/png")
    for wrong in (b"<svg onload=x>", PNG + b"0" * 300_000, b"%PDF-1.4\n%%EOF"):
        with pytest.raises(Unreadable):
            read_logo(wrong)


def test_a_section_does_not_decide_how_the_city_looks() -> None:
    with pytest.raises(NotAllowed):
        publish(cast.clerk())


def test_pages_go_on_with_the_name_of_the_settings_until_something_is_published() -> None:
    assert municipality().name == "みらい区"
    assert municipality().footer_links() == []


def test_two_municipalities_compare_their_keys_by_telephone_and_no_code_is_shown(settings: Settings) -> None:
    by = administrator()
    own = signed_in(by).get("/office/installation-keys/").content.decode()
    assert reading_digits(public_key()) in own
    assert "取り込んだ鍵はまだありません" in own
    settings.PEERS = {"霞市": public_key()}
    theirs = signed_in(by).get("/office/installation-keys/").content.decode()
    assert theirs.count(reading_digits(public_key())) == 2
    assert public_key() not in theirs
    assert re.fullmatch(r"(\d{4} ){5}\d{4}", reading_digits(public_key()))


def read_out(node: Any) -> Iterator[str]:
    """The texts that are read out for pictures, below a node of the structure of a PDF."""
    found = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(found, list):
        for each in found:
            yield from read_out(each)
    elif isinstance(found, dict):
        yield from (str(found[key]) for key in ("/Alt",) if key in found)
        yield from read_out(found.get("/K"))


def pictures(pdf: bytes) -> list[str]:
    """The texts of the pictures of a PDF; each picture has one."""
    reader = PdfReader(io.BytesIO(pdf))
    root: Any = reader.root_object
    told, pages = list(read_out(root["/StructTreeRoot"])), list[Any](reader.pages)
    shown = [page["/Resources"].get("/XObject", {}) for page in pages]
    assert sum(each.get_object()["/Subtype"] == "/Image" for held in shown for each in held.values()) == len(told)
    return told


def test_letters_and_copies_bear_the_logo_once_it_is_published() -> None:
    case = decided(counter())
    letter = cast.present(letter_of_case(case, "granted", ""))
    plain = [render_letter(letter), ApplicantCopy(case).as_pdf()]
    assert [pictures(pdf) for pdf in plain] == [[], []]
    publish(administrator())
    assert [pictures(pdf) for pdf in (render_letter(letter), ApplicantCopy(case).as_pdf())] == [["みなと台市"]] * 2
