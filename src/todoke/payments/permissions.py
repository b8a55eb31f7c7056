"""Permissions 権限: the money of a day."""

from todoke.organization.models import Post
from todoke.organization.permissions import Permission

CLOSE_DAY = Permission("収納を照合し、日計を締める", everywhere=(Post.Role.TREASURER,), source="地方自治法170条・171条")
