"""The printed document says who decided in which capacity, and shows people's words as they are."""

import io

import pytest
from pypdf import PdfReader

from tests.cast import approvals
from todoke.approvals.decision_pdf import render_decision
from todoke.approvals.dossier_sections import sections_of
from todoke.approvals.models import Dossier, Proposal

pytestmark = pytest.mark.django_db


def words_of(pdf: bytes) -> str:
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return "".join(text.split())


def test_it_names_people_posts_capacities_and_the_hash() -> None:
    office = approvals.office()
    proposal = approvals.proposal(office.clerk)
    proposal.approve(by=office.chief, opinion="適当と認めます。")
    printed = render_decision(Proposal.objects.get())
    words = words_of(printed)
    for word in (
        "鈴木課長",
        "専決",
        "適当と認めます。",
        "窓口用端末",
        proposal.dossier_hash,
        "みらい区事務専決規程第5条",
    ):
        assert word in words, word
    assert b"pdfuaid" in printed or PdfReader(io.BytesIO(printed)).xmp_metadata is not None


def test_what_people_write_is_never_markup_and_no_character_is_lost() -> None:
    office = approvals.office()
    tricky = '#set page(width: 1mm) *太字* $x$ ] } " \\ #read("/etc/passwd") 髙橋 𠮷野'
    proposal = approvals.proposal(office.clerk, title=tricky, dossier={"伺い": tricky})
    words = words_of(render_decision(proposal))
    assert '#setpage(width:1mm)*太字*$x$]}"\\#read("/etc/passwd")髙橋' in words
    assert "〓(U+20BB7)野" in words or "𠮷野" in words


def test_a_dossier_changed_in_the_database_is_said_to_be_changed() -> None:
    office = approvals.office()
    proposal = approvals.proposal(office.clerk)
    Dossier.objects.update(content={"伺い": "すり替え"})
    assert "照合値と一致しません" in words_of(render_decision(proposal))


def test_a_dossier_is_laid_out_as_rows_and_tables_in_its_order() -> None:
    found = sections_of(
        {"伺い": "よいか", "案件": {"受付番号": "1", "手数料": 3000}, "回答": [{"項目": "氏名", "値": None}]}
    )
    assert [section.title for section in found] == ["伺い", "案件", "回答"]
    assert found[1].rows == [("受付番号", "1"), ("手数料", "3,000")]
    assert (found[2].heads, found[2].lines) == (["項目", "値"], [["氏名", "なし"]])
