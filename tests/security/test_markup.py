"""T07, T09, T16: what people type is text on every page, in every table and in every header."""

import io
import re
import zipfile

import pytest
from django.test import Client

from tests.cast.cases import Counter, case, counter, work_off
from tests.cast.role_matrix.world import World, pdf
from todoke.cases.models import Case
from todoke.formbuilder.answers.journey import AnswerKey
from todoke.formbuilder.models import Upload
from todoke.notices.models import Message

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "<iframe src=javascript:alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "<body onload=alert(1)>",
    "<math><mi//xlink:href=x>",
    "<details open ontoggle=alert(1)>",
    "<style>*{background:url(//evil)}</style>",
    "<link rel=stylesheet href=//evil>",
    "<meta http-equiv=refresh content=0;url=//evil>",
    "<base href=//evil/>",
    "<object data=//evil>",
    "<embed src=//evil>",
    "<form action=//evil>",
    "<input onfocus=alert(1) autofocus>",
    "<video><source onerror=alert(1)>",
    "<!--<script>",
    "{% load static %}",
    "{{ settings.SECRET_KEY }}",
    "{{7*7}}",
    "${7*7}",
    "<%= 7*7 %>",
    "[x](javascript:alert(1))",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u202e<script>",
    "<ScRiPt>alert(1)</sCrIpT>",
    "<script\n>alert(1)</script>",
    "<scr<script>ipt>alert(1)</script>",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "<svg><animate onbegin=alert(1)>",
    "<marquee onstart=alert(1)>",
    '<img src="x` `<script>alert(1)</script>"` `>',
]
LIVE = re.compile(
    r"alert\(1\)[^<]*</script"
    r"|<(?:img|svg|iframe|object|embed|base|body|marquee|details|video|math|style)\b[^>]*"
    r"(?:alert|evil|onerror|onload|xlink)"
    r"|<(?:meta|link|form|a|input)[^>]*(?:evil|javascript:|alert)|=\"[^\"]*\" on\w+=\"alert"
)
FORMULAS = [
    "=1+1",
    "+81-3",
    "-5",
    "@SUM(A1)",
    '=HYPERLINK("http://evil")',
    "＝1+1",
    "＋1",
    "－1",
    "＠A1",
    "\t=1",
    "=cmd|'/C calc'!A0",
]


def pages_about(found: Case, at: Counter) -> list[str]:
    """Every page of the office on which this application appears."""
    client = Client()
    client.force_login(at.clerk)
    addresses = (
        f"/office/cases/{found.number}/",
        "/office/cases/",
        "/office/",
        f"/office/cases/{found.number}/correction/",
    )
    return [client.get(address).content.decode() for address in addresses]


def test_the_eye_sees_what_would_run() -> None:
    assert all(
        LIVE.search(text) for text in (PAYLOADS[0], PAYLOADS[1], PAYLOADS[9], PAYLOADS[17], '<p class="" onx="alert')
    )


def test_t07_forty_payloads_run_on_no_page() -> None:
    at = counter()
    found = case(at, name__family=PAYLOADS[0], name__given=PAYLOADS[1])
    for payload in PAYLOADS:
        found.add_note(payload, by=at.clerk)
        Upload.create_from(found.submission, AnswerKey("paper", 0), pdf(f"{payload}.pdf"), by=at.clerk)
    at.section.name = PAYLOADS[2]
    at.section.save()
    work_off()
    for text in pages_about(found, at):
        assert not LIVE.search(text), LIVE.search(text)
        assert "49" not in re.findall(r"<p>\s*(49)\s*</p>", text)
    mail = Message.objects.get(code="case-received")
    assert "\n" not in mail.subject


@pytest.mark.parametrize("formula", FORMULAS)
def test_t09_what_people_type_is_no_formula_in_a_table(formula: str) -> None:
    at = counter()
    case(at, name__family=formula, name__given="花子")
    client = Client()
    client.force_login(at.clerk)
    told = client.get("/office/cases/export/?kind=csv&view=all").getvalue().decode("utf-8-sig")
    for cell in re.split(r"[\n,]", told):
        assert not cell.strip('"').startswith(("=", "+", "@", "\t", "＝", "＋", "－", "＠")), cell
    book = zipfile.ZipFile(io.BytesIO(client.get("/office/cases/export/?kind=xlsx&view=all").getvalue()))
    sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/")]
    assert sheets
    assert not any("<f>" in sheet for sheet in sheets)


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.pdf",
        "C:\\a\\b.pdf",
        'a"b.pdf',
        "a\r\nX-Evil: 1.pdf",
        "\u202efdp.exe.pdf",
        "con.pdf",
        "書" * 300 + ".pdf",
        "a\x00b.pdf",
    ],
    ids=range(8),
)
def test_t16_a_file_name_never_leaves_its_header(world: World, name: str) -> None:
    upload = Upload.create_from(world.case.submission, AnswerKey("paper", 0), pdf(name), by=world.people["clerk"])
    for tail, way in (("", "inline;"), ("?save=1", "attachment;")):
        answer = world.client("clerk").get(f"/office/cases/{world.case.number}/uploads/{upload.token}/{tail}")
        header = answer.headers["Content-Disposition"]
        assert header.startswith(way)
        assert not set("\r\n\x00") & set(header)
        assert "X-Evil" not in answer.headers
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.getvalue() == pdf().read()
    assert not set("/\\") & set(upload.name)


def test_t16_two_files_of_one_name_are_both_kept(world: World) -> None:
    one, two = (
        Upload.create_from(world.case.submission, AnswerKey("paper", 0), pdf(), by=world.people["clerk"])
        for _ in range(2)
    )
    assert one.path != two.path
