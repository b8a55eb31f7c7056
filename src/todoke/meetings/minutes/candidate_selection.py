"""Candidate selection 候補の選定: the sentences that a classifier finds to hold something, with owner and due date."""

import re
from dataclasses import replace

from todoke.meetings.minutes.commitment_candidates import CommitmentCandidate, candidate_of
from todoke.meetings.minutes.due import DueDate, find_due
from todoke.meetings.minutes.heading import Heading
from todoke.meetings.minutes.loader import flat
from todoke.meetings.minutes.minutes_structure import MinutesStructure
from todoke.meetings.minutes.owners import owner_of
from todoke.meetings.minutes.result_sections import find_result_sections
from todoke.meetings.minutes.sentence_classifier import SentenceClassifier, SentenceVerdict
from todoke.meetings.minutes.sentence_context import SentenceContext
from todoke.meetings.minutes.sentence_features import features_of, is_echo, is_left_open

REASONS = 5
"""Reasons kept with a candidate."""
JOINT = re.compile(
    r"(?<=ます)(?:とともに|ほか|一方で?|が|し|けれども)、|(?<=こととし)、|(?<=[いきしちにびみりえけげせてねべめれ])、"
)
SET_BY = re.compile(r"^\W*(?:期限|期日|締め?切り?|〆切)(?:は|:|、)\s*(?P<when>[^。]{2,24})")
"""The due date of the sentence before (「期限は2月末。」)."""
SET_BEHIND = re.compile(r"^\W*(?P<when>[^。、]{2,16}?)(?:必着|締切|締め切り|〆切|厳守|まで)(?:で|です|に|とする)?。?$")
"""The same after the words (「10月24日必着で。」)."""
AGREED = re.compile(r"^[ご御]?異議な(?:し|い)(?:もの)?と認め(?:ます)?。?$")


def _clauses(text: str, heading: Heading) -> list[str]:
    """Return the clauses of a sentence that promise different things by different days, else the sentence whole."""
    for joint in JOINT.finditer(text):
        first, second = text[: joint.start()], text[joint.end() :]
        early, late = find_due(first, heading.on, heading.next_on), find_due(second, heading.on, heading.next_on)
        if len(first) >= 8 and len(second) >= 8 and early.text and late.text and early.text != late.text:
            return [first, second]
    return [text]


def _due(context: SentenceContext, text: str, heading: Heading) -> DueDate:
    due = find_due(text, heading.on, heading.next_on)
    if not due.text and (set_by := SET_BY.match(flat(context.after)) or SET_BEHIND.match(flat(context.after))):
        due = find_due(set_by["when"], heading.on, heading.next_on)
    if due.on is None and context.row and context.row.due_words:
        written = find_due(context.row.due_words, heading.on, heading.next_on)
        return written if written.on else due if due.text else DueDate(context.row.due_words, None)
    return due


def _candidates(context: SentenceContext, verdict: SentenceVerdict, heading: Heading) -> list[CommitmentCandidate]:
    text, kind = context.sentence.text, verdict.kind
    owner = owner_of(text, kind, context.speaker, context.answering, heading.names, context.section)
    if context.row and (kind == "commitment" or (kind == "request" and context.side != "member")):
        owner = context.row.owner or owner
    parts = _clauses(text, heading) if kind == "commitment" else [text]
    return [
        replace(
            candidate_of(
                context.sentence, kind, owner=owner, due=_due(context, part, heading),
                what="" if len(parts) == 1 else part,
            ),
            probability=verdict.probability,
            reasons=verdict.reasons,
        )
        for part in parts
    ]  # fmt: skip


def _answered(context: SentenceContext, verdict: SentenceVerdict) -> SentenceVerdict:
    """Return the verdict of 「さよう決定いたしました」: what was put just before says what it settles."""
    if verdict.kind not in {"decision", "continued"} or not is_echo(context.sentence.text):
        return verdict
    return replace(verdict, kind="continued" if is_left_open(context) else "decision")


def _without_echoes(found: list[CommitmentCandidate]) -> list[CommitmentCandidate]:
    """Leave out 「異議なしと認めます」 where the decision itself follows within three lines."""
    settled = {each.line for each in found if each.kind == "decision" and not AGREED.match(flat(each.quote).strip())}
    settled |= {each.line for each in found if each.kind == "continued"}
    return [
        each
        for each in found
        if each.kind != "decision"
        or not AGREED.match(flat(each.quote).strip())
        or not settled & set(range(each.line, each.last_line + 3))
    ]


def select_candidates(found: MinutesStructure, classifier: SentenceClassifier) -> list[CommitmentCandidate]:
    """Return the candidates of minutes in the order of their lines; in result sections those of the section."""
    listed, taken = find_result_sections(found.lines, found.heading.on, found.heading.next_on)
    chosen: list[CommitmentCandidate] = []
    for context in found.contexts:
        if context.sentence.line not in taken:
            verdict = _answered(context, classifier.verdict(features_of(context), reasons=REASONS))
            chosen += _candidates(context, verdict, found.heading) if verdict.kind else []
    return sorted([*_without_echoes(chosen), *listed], key=lambda each: each.line)
