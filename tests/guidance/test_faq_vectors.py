"""With the extra, answers are found by meaning too, and one is opened where words and meaning agree."""

import pytest

from tests import cast
from tests.cast.guidance import published, writer
from todoke.accounts.actors import System
from todoke.guidance.faqs.faq_search import answer, ranking
from todoke.guidance.faqs.faq_vectors import file_vectors, filed_vectors
from todoke.guidance.models import FaqVector, FaqVersion, Inquiry
from todoke.guidance.tasks import file_faq_vectors
from todoke.japanese.embeddings import embedder, is_installed

pytestmark = pytest.mark.django_db
FAQS = [
    ("犬を飼い始めたときの手続は?", "犬の登録をして、鑑札を受け取ってください。"),
    ("粗大ごみを出したい", "電話で申し込み、処理券を貼って出してください。"),
    ("住民票の写しがほしい", "窓口、郵送、コンビニエンスストアで取れます。"),
]
with_the_extra = pytest.mark.skipif(not is_installed(), reason="the extra semantic is not installed")


def filed() -> list[FaqVersion]:
    by, other = writer(), cast.clerk()
    return [published(question, text, by=by, checked_by=other) for question, text in FAQS]


@pytest.mark.skipif(is_installed(), reason="the extra semantic is installed")
def test_without_the_extra_nothing_is_filed_and_nothing_is_opened() -> None:
    filed()
    file_faq_vectors.call()
    assert filed_vectors() is None
    assert answer(FAQS[0][0]).inquiry.shown == Inquiry.Shown.CANDIDATES


@with_the_extra
def test_the_very_question_is_opened_and_a_doubted_answer_is_not() -> None:
    versions, model = filed(), cast.present(embedder())
    assert file_vectors(model) == 3
    assert file_vectors(model) == 0
    shown = answer("粗大ごみを出したい")
    assert (shown.direct, shown.found[0].version) == (True, versions[1])
    versions[1].faq.doubt_it("料金が変わりました。", by=System())
    assert not answer("粗大ごみを出したい").direct


@with_the_extra
def test_an_answer_that_shares_no_word_is_found_by_its_meaning() -> None:
    versions, model = filed(), cast.present(embedder())
    file_vectors(model)
    found = ranking("ペットの柴を家族に迎えた住民", model).answers
    assert len(found) == 3
    assert ranking("ペットの柴を家族に迎えた住民").answers[0].document == versions[2].faq_id


@with_the_extra
def test_a_new_version_and_a_retired_answer_change_what_is_kept() -> None:
    versions, model = filed(), cast.present(embedder())
    file_vectors(model)
    assert len(cast.present(filed_vectors()).faqs) == 3
    versions[0].faq.retire(by=versions[0].author)
    assert len(cast.present(filed_vectors()).faqs) == 2
    assert FaqVector.objects.count() == 3
