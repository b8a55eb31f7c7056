"""The cast of the reviews: a procedure's seal on a form, decided or not, in one line each."""

from datetime import date

from tests.cast import department, staff
from tests.cast.procedures import procedure
from todoke.accounts.models import User
from todoke.organization.models import Department, Post
from todoke.procedures.models import LegalBasis, PaperForm, Procedure
from todoke.reviews.models import DecisionInput, Review

START, RECHECK = date(2027, 4, 1), date(2028, 3, 31)
GONE = DecisionInput("abolish", START)
KEPT = DecisionInput("keep", START, reason="registered", recheck_on=RECHECK)


def headquarters() -> User:
    return staff("吉田", "dx@example.lg.jp", Post.Role.HEADQUARTERS, department("DX推進課", "1002"))


def thing(section: Department | None, title: str = "犬の登録", **fields: object) -> Review:
    """A seal that a procedure of a section asks for, entered by nobody in particular."""
    found = Procedure.objects.filter(title=title).first() or procedure(title, department=section)
    return Review(procedure=found, **{"subject": "seal", "mark": "plain", "what": "申請者の押印", **fields})


def rule(of: Procedure, title: str = "みらい区犬の規則", amender: str = "mayor", article: str = "第3条") -> LegalBasis:
    return LegalBasis.objects.create(procedure=of, rank="rule", title=title, article=article, amendable_by=amender)


def paper(of: Procedure, number: str = "第1号様式") -> PaperForm:
    return PaperForm.objects.create(procedure=of, number=number, title="登録申請書")
