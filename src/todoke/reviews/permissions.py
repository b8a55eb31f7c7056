"""Permissions 権限: the review of what procedures demand."""

from todoke.organization.models import Post
from todoke.organization.permissions import Permission

SEED_REVIEWS = Permission("見直しの下書きを全庁分作る", everywhere=(Post.Role.HEADQUARTERS,))
DECIDE_REVIEW = Permission("見直しを決定し、やり直す", everywhere=(Post.Role.HEADQUARTERS,), within=(Post.Role.CHIEF,))
