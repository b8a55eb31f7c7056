"""FAQ vectors 問答の意味ベクトル: stored beside published answers; a question is compared in one multiplication.

Only with the extra ``semantic``. A periodic task files those of new versions; each process keeps them until an answer
is published or retired.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max

from todoke.guidance.faqs.memory_index import passages
from todoke.guidance.models import Faq, FaqVector, FaqVersion
from todoke.japanese.embeddings import Embedder, Vectors
from todoke.lazy_modules import np

AT_ONCE = 200


@dataclass(frozen=True)
class FiledVectors:
    """問答の意味ベクトルの表: a row for each published answer, for its question and for question and beginning."""

    faqs: tuple[int, ...]
    question: Vectors
    question_and_answer: Vectors


_kept: dict[str, tuple[Any, FiledVectors]] = {}


def file_vectors(model: Embedder, *, most: int = AT_ONCE) -> int:
    """Compute the vectors of published answers that have none of their current version; return how many."""
    filed = 0
    for faq in Faq.objects.published().order_by("pk").prefetch_related("versions"):
        version = max(faq.versions.all(), key=lambda each: each.number)
        if filed == most:
            break
        if not FaqVector.objects.filter(faq=faq, version=version).exists():
            file_one(version, model)
            filed += 1
    return filed


def file_one(version: FaqVersion, model: Embedder) -> None:
    """Compute and keep the vectors of a version."""
    question, both = model.passages(passages(version.text))
    values = {"version": version, "question": question.tobytes(), "question_and_answer": both.tobytes()}
    FaqVector.objects.update_or_create(faq=version.faq, defaults=values)


def filed_vectors() -> FiledVectors | None:
    """Return the vectors of all published answers, read anew only after a change; None where there are none."""
    live = FaqVector.objects.filter(faq__in=Faq.objects.published())
    stamp = tuple(live.aggregate(Count("pk"), Max("version")).values())
    if not stamp[0]:
        return None
    known = _kept.get("vectors")
    if known is None or known[0] != stamp:
        rows = list(live.order_by("faq").values_list("faq", "question", "question_and_answer"))
        parts = [np.stack([np.frombuffer(bytes(row[n]), np.float32) for row in rows]) for n in (1, 2)]
        known = stamp, FiledVectors(tuple(row[0] for row in rows), parts[0], parts[1])
        _kept["vectors"] = known
    return known[1]


def cosines(question: str, model: Embedder) -> tuple[dict[int, float], dict[int, float]]:
    """Return the cosines of a question with both vectors of each published answer."""
    filed = filed_vectors()
    if filed is None:
        return {}, {}
    asked = model.questions([question])[0]
    first, second = ((part @ asked).astype(float).tolist() for part in (filed.question, filed.question_and_answer))
    return dict(zip(filed.faqs, first, strict=True)), dict(zip(filed.faqs, second, strict=True))
