"""Reviews 見直し of the demo ward: drafted from the real survey, decided under invented ordinances, rules and forms."""

from datetime import date

from todoke.accounts.models import User
from todoke.demo.people import person
from todoke.procedures import municipal_rows
from todoke.procedures.models import LegalBasis, PaperForm, Procedure
from todoke.reviews import review_seed
from todoke.reviews.models import DecisionInput, Review
from todoke.reviews.review_subjects import KeepReason, ReviewDecision, SealKind, Subject, Substitute

START, RECHECK = date(2027, 4, 1), date(2028, 3, 31)
RULES = {
    "戸籍住民課": ("みらい区印鑑条例施行規則(架空)", "昭和52年みらい区規則第12号", "rule", "mayor"),
    "税務課": ("みらい区特別区税条例施行規則(架空)", "昭和40年みらい区規則第8号", "rule", "mayor"),
    "子育て支援課": ("みらい区児童手当事務取扱要綱(架空)", "平成24年要綱第31号", "guideline", "department"),
    "生活衛生課": ("みらい区手数料条例(架空)", "平成12年みらい区条例第9号", "ordinance", "council"),
    "道路公園課": ("みらい区立公園条例(架空)", "昭和33年みらい区条例第4号", "ordinance", "council"),
}
PER_SECTION = 8


def build() -> None:
    """Draft every review, and decide some of the seals section by section."""
    chief = person("dx")
    review_seed.create_from_survey(by=chief)
    for section, rule in RULES.items():
        seals = Review.objects.filter(subject=Subject.SEAL, procedure__department__name=section)
        for place, review in enumerate(seals.select_related("procedure__department")[:PER_SECTION], 1):
            _decide(review, place, rule, chief)
    _count_writing(chief)


def _decide(review: Review, place: int, rule: tuple[str, str, str, str], by: User) -> None:
    title, number, rank, amender = rule
    basis = LegalBasis(
        procedure=review.procedure, rank=rank, title=title, number=number, article=f"第{place + 3}条",
        amendable_by=amender,
    )  # fmt: skip
    form = PaperForm(procedure=review.procedure, number=f"第{place}号様式", title=review.procedure.title[:80])
    if not LegalBasis.objects.filter(procedure=review.procedure, title=title, article=basis.article).exists():
        municipal_rows.add(basis, by=by)
    if not PaperForm.objects.filter(procedure=review.procedure, number=form.number).exists():
        municipal_rows.add(form, by=by)
    held = LegalBasis.objects.get(procedure=review.procedure, title=title, article=basis.article)
    on = PaperForm.objects.get(procedure=review.procedure, number=form.number)
    Review.objects.filter(pk=review.pk).update(basis=held, paper_form=on)
    review.decide(_decision_input(review, place), by=by)


def _decision_input(review: Review, place: int) -> DecisionInput:
    if place == PER_SECTION // 2:
        return DecisionInput(ReviewDecision.KEEP, START, reason=KeepReason.CONTRACT, recheck_on=RECHECK)
    if review.mark == SealKind.REGISTERED:
        return DecisionInput(ReviewDecision.KEEP, START, reason=KeepReason.REGISTERED, recheck_on=RECHECK)
    if review.mark == SealKind.SIGNATURE:
        return DecisionInput(ReviewDecision.REPLACE, START, substitute=Substitute.LOGIN)
    if review.position % 5 == 0:
        return DecisionInput(ReviewDecision.REPLACE, START, substitute=Substitute.NAME)
    return DecisionInput(ReviewDecision.ABOLISH, START)


def _count_writing(by: User) -> None:
    """Record invented counts of how often one writes one's name (架空)."""
    for times, procedure in enumerate(Procedure.objects.current().filter(paper_forms__isnull=False).distinct()[:3], 2):
        form = procedure.paper_forms.first()
        what = "氏名と住所(架空の計測)"
        review = Review(procedure=procedure, subject=Subject.WRITING, what=what, times=times, paper_form=form)
        review.enter(by=by)
