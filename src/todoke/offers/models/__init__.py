"""Models of the offers 公開: what can be applied for, its immutable releases, and the draft of the next one."""

from todoke.offers.models.offer import Offer
from todoke.offers.models.release import Release, release_in_force
from todoke.offers.models.release_draft import ReleaseDraft
from todoke.offers.models.release_rows import FeeExemption, FeeLine, LetterText, ReleaseRow

__all__ = [
    "FeeExemption",
    "FeeLine",
    "LetterText",
    "Offer",
    "Release",
    "ReleaseDraft",
    "ReleaseRow",
    "release_in_force",
]
