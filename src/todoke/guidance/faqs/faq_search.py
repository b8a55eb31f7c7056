"""FAQ search 問答の検索: the published answers that fit a question, in one order on every database."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import Avg, Count, F, OuterRef, Subquery
from django.utils.crypto import get_random_string

from todoke.accounts.actors import System
from todoke.guidance.faqs import faq_vectors
from todoke.guidance.faqs.answer_order import SHOWN, RankedAnswer, Ranking, Signals, rank
from todoke.guidance.faqs.bm25 import CorpusSize, Posting, bm25_scores
from todoke.guidance.faqs.language_model import another_order, language_model
from todoke.guidance.finder import FoundProcedure, find_procedures
from todoke.guidance.models import ContentGap, Faq, FaqPosting, FaqVersion, Inquiry, InquiryHit
from todoke.japanese.content_words import content_words
from todoke.japanese.embeddings import Embedder, embedder
from todoke.japanese.personal_data import masked
from todoke.organization.models import Department

LONGEST = 200
"""Letters of a question that are read and kept."""


@dataclass(frozen=True)
class FoundAnswer:
    """見つかった答え: a published version with its rank and score; marked where it waits to be read again."""

    rank: int
    version: FaqVersion
    score: float


@dataclass(frozen=True)
class Answer:
    """答えの候補: what is shown to a question, and the inquiry under which it is kept."""

    inquiry: Inquiry
    found: Sequence[FoundAnswer]
    cut: bool
    """Whether the question was longer than what is read."""

    @property
    def direct(self) -> bool:
        return self.inquiry.shown == Inquiry.Shown.DIRECT


def ranking(question: str, model: Embedder | None = None) -> Ranking:
    """Return the order of the published answers that share a content word with a question, or by ``model`` its meaning.

    Two queries; two more with vectors, which are read only after a change.
    """
    terms = [term[:100] for term in dict.fromkeys(content_words(question))]
    live = Faq.objects.published()
    size = live.aggregate(documents=Count("pk"), mean_length=Avg("length"))
    if not terms or not size["documents"]:
        return Ranking((), False)
    rows = FaqPosting.objects.filter(term__in=terms, faq__in=live).annotate(length=F("faq__length"))
    postings = [Posting(*row) for row in rows.order_by().values_list("faq", "term", "frequency", "length")]
    scores = bm25_scores(postings, CorpusSize(size["documents"], float(size["mean_length"])))
    return rank(Signals(scores, *(faq_vectors.cosines(question, model) if model else ({}, {}))))


def find(question: str) -> list[FoundAnswer]:
    """Return the best answers to a question, at most five; nothing is kept of it."""
    return _versions(ranking(masked(question)[:LONGEST], embedder()).answers[:SHOWN])


def _versions(answers: Sequence[RankedAnswer]) -> list[FoundAnswer]:
    latest = FaqVersion.objects.filter(faq=OuterRef("faq")).order_by("-number").values("pk")[:1]
    versions = {
        version.faq_id: version
        for version in FaqVersion.objects.filter(faq__in=[each.document for each in answers], pk=Subquery(latest))
        .select_related("faq__department")
        .prefetch_related("faq__procedures")
    }
    return [FoundAnswer(place, versions[each.document], each.score) for place, each in enumerate(answers, start=1)]


def _helped(question: str, found: list[FoundAnswer], *, is_direct: bool) -> list[FoundAnswer]:
    """Return the same candidates, in the order of the language model where one is set and none is opened at once."""
    model = language_model()
    if model is None or is_direct or len(found) < 2:
        return found
    places = another_order(question, [each.version.question for each in found], model)
    return [replace(found[place], rank=rank) for rank, place in enumerate(places, start=1)]


def answer(question: str, *, channel: str = Inquiry.Channel.PORTAL) -> Answer:
    """質問への答え: find the candidates and keep the masked question with them.

    What nobody could answer, because no word of it is known, becomes a content gap.
    """
    words = masked(" ".join(question.split()))
    order = ranking(words[:LONGEST], embedder())
    found = _helped(words[:LONGEST], _versions(order.answers[:SHOWN]), is_direct=order.direct)
    return _kept(words, found, is_direct=order.direct, channel=channel)


@transaction.atomic
def _kept(words: str, found: list[FoundAnswer], *, is_direct: bool, channel: str) -> Answer:
    shown = Inquiry.Shown.CANDIDATES if found else Inquiry.Shown.NONE
    if is_direct and found and found[0].version.faq.doubted_at is None:
        shown = Inquiry.Shown.DIRECT
    inquiry = Inquiry.objects.create(token=get_random_string(24), channel=channel, words=words[:LONGEST], shown=shown)
    InquiryHit.objects.bulk_create(
        InquiryHit(inquiry=inquiry, rank=each.rank, version=each.version, score=each.score) for each in found
    )
    if not found:
        report_gap(inquiry, department=None)
    return Answer(inquiry, found, len(words) > LONGEST)


def report_gap(inquiry: Inquiry, *, department: Department | None) -> ContentGap | None:
    """Report the words of an inquiry as a gap (「この中にない」), else to the section of the nearest procedure."""
    owner = department or section_of(inquiry.words)
    return ContentGap.report(inquiry.words, department=owner, by=System("住民の質問"))


def near_procedures(words: str) -> Sequence[FoundProcedure]:
    """Return the first three procedures that the words of a question find; none without a content word."""
    return find_procedures(words).procedures[:3] if content_words(words) else ()


def section_of(words: str) -> Department | None:
    """Return the section of the first procedure that these words find, or None."""
    named = next((each.department for each in find_procedures(words).procedures if each.department), "")
    return Department.objects.filter(name=named).first() if named else None
