"""What the product runs on is listed with licences and hashes; a licence that nobody accepted stops the tests."""

import json
from io import StringIO
from pathlib import Path

from django.core.management import call_command

from tests.cast.schemas import problems
from todoke.installation.bill_of_materials import ACCEPTED, Component, bill_of_materials, components


def test_every_library_has_a_licence_with_which_it_may_be_delivered() -> None:
    refused = {row.name: row.licence or "none said" for row in components() if not row.is_accepted}
    assert not refused, "Read the licence, then accept it in bill_of_materials.py or take another library."


def test_a_choice_may_be_taken_and_a_bundle_must_be_taken_whole() -> None:
    def accepts(licence: str) -> bool:
        return Component("x", "1", licence, ()).is_accepted

    assert accepts("GPL-3.0-only OR MIT")
    assert not accepts("GPL-3.0-only AND MIT")
    assert not accepts("")
    assert "AGPL-3.0-only" not in ACCEPTED


def test_the_bill_is_valid_and_holds_every_pin_of_the_lock() -> None:
    out = StringIO()
    call_command("sbom", stdout=out)
    bill = json.loads(out.getvalue())
    assert problems(bill, "bom-1.6.schema", "spdx.schema", "jsf-0.82.schema") == []
    assert {row["purl"] for row in bill["components"]} >= {"pkg:pypi/django@5.2.19"}
    assert all(row["hashes"] for row in bill["components"])
    assert bill == bill_of_materials(bill["metadata"]["component"]["version"]), "twice the same"


def test_a_library_that_says_nothing_is_listed_without_a_licence(tmp_path: Path) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_text(f"not-installed-anywhere==1.0 \\\n    --hash=sha256:{'0' * 64}\n")
    assert components(lock) == [Component("not-installed-anywhere", "1.0", "", ("0" * 64,))]
