"""Review seed 見直しの下書き: undecided reviews from the national survey on seals, papers, visits and fees.

The survey has no data on paper forms or on repeated writing of names; departments enter those.
"""

from collections.abc import Iterator, Mapping

from django.db import transaction
from django.db.models import Max

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.audit import log
from todoke.procedures.codes import Fee, Kind
from todoke.procedures.models import CodedValue, LegalBasis, Procedure
from todoke.reviews.models import Review, review_number
from todoke.reviews.permissions import SEED_REVIEWS
from todoke.reviews.review_subjects import SealKind, Subject
from todoke.runtime.refusals import NotAllowed

_ASKED = ("identification", "document", "fee_method", "submission")
_MARKS = {
    "1": (SealKind.REGISTERED, "申請者の押印(印鑑証明付き)"),
    "2": (SealKind.PLAIN, "申請者の押印"),
    "3": (SealKind.SIGNATURE, "申請者の署名"),
}
_NO_PAPER, _SHOW_IDENTITY, _AT_THE_COUNTER, _ORIGINALS_ONLY = "15", "4", "1-1", "2"
_ENDINGS = (
    ("施行規則", LegalBasis.Rank.MINISTERIAL_ORDER, LegalBasis.Amender.STATE),
    ("規則", LegalBasis.Rank.MINISTERIAL_ORDER, LegalBasis.Amender.STATE),
    ("省令", LegalBasis.Rank.MINISTERIAL_ORDER, LegalBasis.Amender.STATE),
    ("府令", LegalBasis.Rank.MINISTERIAL_ORDER, LegalBasis.Amender.STATE),
    ("令", LegalBasis.Rank.CABINET_ORDER, LegalBasis.Amender.STATE),
    ("法律", LegalBasis.Rank.LAW, LegalBasis.Amender.DIET),
    ("法", LegalBasis.Rank.LAW, LegalBasis.Amender.DIET),
)
Demand = tuple[Subject, str, str]


@transaction.atomic
def create_from_survey(*, by: Actor) -> int:
    """見直しの下書き: create the missing reviews of all current applications; return how many. Raises NotAllowed."""
    if isinstance(by, User) and not SEED_REVIEWS.held_by(by):
        raise NotAllowed("全体の下書きを作れるのは、推進本部です。")
    said: dict[int, dict[str, dict[str, str]]] = {}
    for pk, table, key, label in CodedValue.objects.filter(code__table__in=_ASKED).values_list(
        "procedure_id", "code__table", "code__key", "code__label"
    ):
        said.setdefault(pk, {}).setdefault(table, {})[key] = label
    known = set(Review.objects.filter(paper_form=None).values_list("procedure_id", "subject", "mark", "what"))
    last = dict(Review.objects.values_list("procedure_id").annotate(last=Max("position")).order_by())
    fresh = []
    for procedure in Procedure.objects.current().filter(kind=Kind.APPLICATION).order_by("serial"):
        place = last.get(procedure.pk, 0)
        for subject, mark, what in survey_demands(procedure.fee, said.get(procedure.pk, {})):
            if (procedure.pk, subject, mark, what) in known:
                continue
            place += 1
            number = review_number(procedure.number, place)
            fresh.append(
                Review(
                    number=number, procedure=procedure, position=place, subject=subject, mark=mark, what=what,
                    source=Review.Source.SURVEY,
                )
            )  # fmt: skip
    Review.objects.bulk_create(fresh, batch_size=1000)
    bases = create_legal_bases()
    log.record("procedures/reviews", "見直しの下書き", by=by, after={"件数": len(fresh), "根拠法令": bases})
    return len(fresh)


def survey_demands(fee: str, said: Mapping[str, Mapping[str, str]]) -> Iterator[Demand]:
    """Yield the requirements in a procedure's survey answers: subject, kind of seal (or empty), and label."""
    identification, papers = said.get("identification", {}), said.get("document", {})
    for key in sorted(identification.keys() & _MARKS.keys()):
        mark, what = _MARKS[key]
        yield Subject.SEAL, mark, what
    for key, label in sorted(papers.items()):
        if key != _NO_PAPER:
            yield Subject.PAPER, "", label
    if _SHOW_IDENTITY in identification:
        yield Subject.VISIT, "", "本人確認書類の提示・提出"
    if _AT_THE_COUNTER in said.get("fee_method", {}):
        yield Subject.VISIT, "", "窓口での納付"
    if _ORIGINALS_ONLY in said.get("submission", {}):
        yield Subject.VISIT, "", "原紙の提出"
    if fee == Fee.SOME:
        yield Subject.FEE, "", "手数料等"


def create_legal_bases() -> int:
    """Create a legal basis from the survey's law for procedures without one; return how many."""
    bare = Procedure.objects.current().filter(legal_bases__isnull=True).exclude(law="")
    rows = [
        LegalBasis(
            procedure_id=pk, rank=rank, title=law, number=number[:120], article=article[:120], amendable_by=amender
        )
        for pk, law, number, article in bare.values_list("pk", "law", "law_number", "article")
        for rank, amender in [classify_law(law)]
    ]
    LegalBasis.objects.bulk_create(rows, batch_size=1000)
    return len(rows)


def classify_law(law: str) -> tuple[LegalBasis.Rank, LegalBasis.Amender]:
    """Return the rank of a law by the ending of its name, and who can amend it."""
    plain = law.split("(")[0].split("（")[0].strip()
    for ending, rank, amender in _ENDINGS:
        if plain.endswith(ending):
            return rank, amender
    return LegalBasis.Rank.OTHER, LegalBasis.Amender.STATE
