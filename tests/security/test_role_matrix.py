"""T04: every page, act and download answers every role as a person has reviewed; a new one without a row fails."""

import os
from collections import Counter

import pytest
from django.db import connection

from tests.cast.role_matrix import matrix, world

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
AWAY = "503"
OF_ONE_CASE = ("office:case-", "office:letter", "office:record-", "office:batch-file", "office:batch-posting")
OWN_LISTS = {"office:case-export"}
"""Open to all staff, because each finds the rows of their own section only (T03)."""
NOTHING_THERE = {
    "the library has it and this installation does not: sign-in by a device, and signing out at a service": [
        "idp:oidc:device_authorization", "idp:oidc:device_code", "idp:oidc:logout", "portal:no-device-code",
        "portal:no-device-page", "portal:no-service-logout",
    ],
    "no key, no second factor and no mailbox of the demo": [
        "account_confirm_email", "mfa_deactivate_totp", "mfa_download_recovery_codes", "mfa_view_recovery_codes",
        "portal:mailbox",
    ],
    "nothing of the kind is waiting: absences, conflicts, terms of an offer, issues, photographs": [
        "office:absence-return", "office:round-settlement",
        "studio:offer-release", "studio:offer-review", "studio:survey-issue", "studio:survey-photo",
        "studio:survey-settlement",
    ],
    "a channel that no decision opened": ["portal:line-webhook"],
    "an address of the API that is none": ["api:nothing", "api:v1:api-root"],
    "the act names another row in what is posted": [
        "board:incident-notice-sending", "board:incident-notices", "board:indicator-figure",
        "board:saved-view-registration", "board:saved-view-removal", "office:import-alias-removal",
        "office:payments-concession",
        "office:payments-inquiry", "office:procedure-removal", "office:saved-view-registration",
        "office:saved-view-removal", "studio:form-paper-edition", "studio:part-addition",
        "studio:saved-view-registration", "studio:saved-view-removal", "studio:scan-draft-begin",
        "studio:scan-draft-field",
    ],
    "no minutes, no receipt, no template of columns, no draft or question of this name": [
        "board:suggestion-acceptance", "board:suggestion-judgements", "board:suggestion-passing", "board:suggestions",
        "board:transcript", "board:public-rate", "office:case-entries", "office:counter-draft",
        "office:payments-template",
        "portal:application", "portal:application-answers", "portal:application-file", "portal:payment-receipt",
    ],
}  # fmt: skip
"""Why nothing stands behind some addresses in the world of these tests: their rows prove little."""
ABOUT_A_FORM = {"200", "302 refused", "409 refused", "422", "422 refused"}
OPEN_TO_EVERY_POST = {
    "everybody does it for themselves or their own section, among which the form lets them choose": [
        "board:automations-registration", "board:evaluation", "board:scenario-saving", "office:absence-announcement",
        "office:absence-delegation",
        "office:absence-deputy", "office:absence-dismissal", "office:answer-imports", "office:assignment",
        "office:assignment-preview",
        "office:broadcast-planning", "office:channel-post-addition",
        "office:contact-new", "office:file-handing", "office:flag-registration",
        "office:handover-completion",
        "office:listing-request-addition", "office:notice-settings-preference",
        "office:procurement-new", "office:reconfirmation-round", "office:staff-proposal-entry",
        "board:datasets-registration", "board:paper-report", "board:studies-registration", "board:tables-reading",
        "studio:flow-import", "studio:flow-trial",
    ],
    "the rows are named in what is posted, and each is asked for": [
        "board:roadmap-stages", "office:batch-printing", "office:joint-proposal",
        "office:joint-proposal-preview", "office:records-disposal", "office:reviews-decisions",
    ],
    "a page that only shows": [
        "board:funnel", "office:counter", "office:files", "office:home", "office:inbox",
        "studio:flow-preview",
    ],
}  # fmt: skip
"""Acts and pages that answer every post alike, and why no right is asked before."""
Table = dict[matrix.Key, dict[str, str]]
OUTSIDERS = ("anonymous", "applicant", "resident")
HOW = "Run ./todoke test matrix, read the new rows of tests/security/role_matrix.csv, and commit them."


def differences(seen: Table, known: Table) -> list[str]:
    """Return in sentences where the program and the reviewed table differ."""
    missing = sorted(f"{name} {method}" for name, method in seen.keys() - known.keys())
    gone = sorted(f"{name} {method}" for name, method in known.keys() - seen.keys())
    other = [
        f"{name} {method} as {role}: {row[role]}, reviewed {known[name, method][role]}"
        for (name, method), row in seen.items() if (name, method) in known
        for role in row
        if row[role] != known[name, method][role]
    ]  # fmt: skip
    return [
        *(f"{HOW} {each}" for each in missing),
        *(f"This address is no more; take its row out: {each}" for each in gone),
        *other,
    ]


def fill(known: Table, method: str) -> None:
    """Write what is observed for every address, and every role, that the table does not know."""
    there = {(name or pattern, each) for name, pattern in matrix.routes() for each in matrix.METHODS}
    kept = {key: row for key, row in known.items() if key in there}
    found = matrix.observed(world.build(), lambda key, role: role not in kept.get(key, {}), [method])
    matrix.write({key: kept.get(key, {}) | found.get(key, {}) for key in kept | found})


@pytest.mark.parametrize("method", matrix.METHODS)
def test_every_address_answers_every_role_as_reviewed(method: str) -> None:
    """Rights are decided by the program: PostgreSQL is asked each answer of a row once, SQLite as ``asked`` says."""
    known = matrix.read()
    if os.environ.get("TODOKE_FILL_MATRIX"):
        fill(known, method)
        return
    asked = matrix.asked if connection.vendor == "sqlite" else matrix.first_of_each
    roles = {key: asked(row) for key, row in known.items()}
    seen = matrix.observed(world.build(), lambda key, role: role in roles.get(key, world.ROLES), [method])
    assert differences(seen, {key: row for key, row in known.items() if key[1] == method}) == []


@pytest.mark.nightly
@pytest.mark.sqlite
def test_every_address_answers_everybody_as_reviewed() -> None:
    """At night nobody is left out: of several roles that get the same, each is asked."""
    assert differences(matrix.observed(world.build(), lambda key, role: True), matrix.read()) == []


def test_whoever_is_sent_away_is_asked_always_and_one_of_those_who_get_the_same() -> None:
    row = {"anonymous": "302", "applicant": "404", "clerk": "200", "chief": "200", "auditor": "403", "designer": "422"}
    assert matrix.asked(row) == set(row) - {"chief"}
    assert matrix.asked({"anonymous": "200", "clerk": "302 done", "chief": "302 done"}) == {"anonymous", "clerk"}
    assert matrix.asked({}) == set(world.ROLES)


def test_each_answer_of_a_row_is_asked_for_by_one_role() -> None:
    row = {"anonymous": "302", "applicant": "403", "clerk": "200", "chief": "200", "auditor": "403"}
    assert matrix.first_of_each(row) == {"anonymous", "applicant", "clerk"}
    assert matrix.first_of_each({}) == set(world.ROLES)


def test_nobody_gets_what_the_table_should_never_hold() -> None:
    for (name, method), row in matrix.read().items():
        assert not [role for role, status in row.items() if status.startswith("5") and status != AWAY], (
            f"{name} {method}"
        )
        if name.startswith(("office:", "studio:")):
            opened = [role for role in OUTSIDERS if row[role] not in {"302", "403"}]
            assert not opened, f"{name} {method} is open to {opened}"


def test_no_outsider_does_an_act_of_the_office_or_takes_a_file_of_it() -> None:
    for (name, method), row in matrix.read().items():
        if name.startswith(("office:", "studio:", "board:")) and not name.startswith("board:public"):
            done = [role for role in OUTSIDERS if row[role].endswith(("done", "file"))]
            assert not done, f"{name} {method} by {done}"


def test_another_section_neither_acts_on_a_case_nor_takes_its_papers() -> None:
    """Nor does whoever designs, leads, keeps the money or keeps the system; the auditor reads proposals."""
    others = ("clerk_elsewhere", "designer", "headquarters", "treasurer", "administrator", "personnel")
    for (name, method), row in matrix.read().items():
        if name.startswith(OF_ONE_CASE) and name not in OWN_LISTS:
            done = [role for role in others if row[role].endswith(("done", "file")) or row[role] == "200"]
            assert not done, f"{name} {method} by {done}"


def test_nobody_learns_what_is_wrong_with_a_form_that_they_may_not_send() -> None:
    """Where every post gets the same word about what it sent, the form was read before the right was asked."""
    alike = set()
    for (name, method), row in matrix.read().items():
        words = {row[role] for role in world.ROLES if role not in OUTSIDERS}
        if method == "POST" and name.startswith(("office:", "studio:", "board:")) and words <= ABOUT_A_FORM:
            alike |= {name} if len(words) == 1 else set()
    assert alike == {name for names in OPEN_TO_EVERY_POST.values() for name in names}


def test_a_real_thing_stands_behind_every_address() -> None:
    """Where everybody is told that there is nothing, nobody has learned who may do it."""
    empty = {
        name for (name, _), row in matrix.read().items()
        if "404" in row.values() and set(row.values()) <= {"302", "403", "404", "405"}
    }  # fmt: skip
    assert empty == {name for names in NOTHING_THERE.values() for name in names}


def test_no_two_addresses_have_one_name() -> None:
    """Of two, a link would lead to the one that came last."""
    counted = Counter(name for name, _ in matrix.routes() if name)
    assert [name for name, times in counted.items() if times > 1] == []
