"""Decision words 決定のことば: how an office calls what it decides, by what was applied for."""

import re

from todoke.cases.models import Case, DecisionDraft
from todoke.cases.models.status import Status
from todoke.offers.models import LetterText

VERBS = (
    (re.compile("交付|写し|証明"), "交付"),
    (re.compile("許可"), "許可"),
    (re.compile("認可"), "認可"),
    (re.compile("認定"), "認定"),
    (re.compile("承認"), "承認"),
    (re.compile("登録"), "登録"),
    (re.compile("給付|支給|手当|助成|補助"), "支給"),
)
"""What a letter or a procedure is called, and the act that its applicant asks for; the first that fits."""
OTHER_ACTS = re.compile("届|変更|廃止|取消|取りやめ|返納|辞退|不服")
"""Titles of what is reported, changed or ended, to which those words do not apply."""


def verb_of(*titles: str) -> str:
    """Return the noun of the act that titles name, 認容 where they name none."""
    if any(OTHER_ACTS.search(title) for title in titles):
        return "認容"
    return next((verb for title in titles for words, verb in VERBS if words.search(title)), "認容")


def verb_for(case: Case) -> str:
    """Return what granting a case is called: by the title of its letter, then by that of its procedure."""
    letter = case.release.letters.filter(kind=LetterText.Kind.GRANT).values_list("title", flat=True).first()
    return verb_of(letter or "", case.title)


def decided_noun(outcome: str, *titles: str) -> str:
    """Return what an outcome is called in a letter, by what the letter and the procedure are called: 交付, 却下."""
    named = {Status.GRANTED: verb_of(*titles), Status.PARTLY: f"一部{verb_of(*titles)}"}
    return named.get(Status(outcome), str(Status(outcome).label))


def outcome_words(case: Case) -> dict[str, str]:
    """Return the words of each outcome for a case: 交付する, 一部を交付する, 却下する."""
    verb, outcome = verb_for(case), DecisionDraft.Outcome
    return {
        outcome.GRANT.value: f"{verb}する", outcome.PARTLY.value: f"一部を{verb}する", outcome.REFUSE.value: "却下する",
    }  # fmt: skip
