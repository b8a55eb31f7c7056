"""Organisation words 庁内の職名・氏名: what a transcript is compared with."""

from dataclasses import dataclass

from todoke.meetings.models.meeting import Body
from todoke.meetings.speech.spelling_table import SpellingTable
from todoke.organization.models import Post, Tenure


@dataclass(frozen=True)
class OrganizationWords:
    """庁内の言葉: names of posts and people, the terms of a body, and how it spells them."""

    names: frozenset[str]
    terms: tuple[str, ...]
    spelling: SpellingTable


def words_for(body: Body) -> OrganizationWords:
    """Return the words with which the transcripts of a body are compared."""
    names = set(Post.objects.values_list("title", flat=True))
    for name in Tenure.objects.current().persons().values_list("user__name", flat=True):
        names |= {"".join(name.split()), *name.split()[:1]}
    terms = list(body.terms.all())
    others = {other: each.written for each in terms for other in each.other_spellings}
    written = {each.written: each.written for each in terms}
    return OrganizationWords(
        frozenset(name for name in names if len(name) > 1), tuple(written), SpellingTable(written | others)
    )
