"""A case whose form asks for a My Number."""

import copy

from tests.cast.cases import FILLED, Counter, counter
from todoke.accounts.actors import Guest, System
from todoke.cases import intake
from todoke.cases.models import Case
from todoke.offers.models import Release

NUMBER = "123456789018"


def received() -> tuple[Counter, Case]:
    """A case whose form asks for a My Number."""
    at = counter()
    form = at.release.form_version.draft
    document = {**copy.deepcopy(form.document), "my_number_basis": "番号法別表の項(見本)"}
    document["pages"][0]["groups"][0]["questions"].append({"id": "mine", "kind": "my_number", "label": "個人番号"})
    form.edit(document, by=System())
    release = Release.publish(
        at.release.offer, by=System(), form_version=form.publish(by=System()), route=at.release.route,
        standard_days=5, delivery="窓口",
    )  # fmt: skip
    draft = intake.begin(release, by=Guest())
    draft.submission.save_page("person", {**FILLED, "mine": NUMBER}, by=Guest())
    return at, intake.accept(draft.submission, by=Guest())
