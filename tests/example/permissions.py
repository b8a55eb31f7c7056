"""Permissions 権限 of the example."""

from todoke.organization.models import Post
from todoke.organization.permissions import EVERY_ROLE, Permission

OPEN_EXAMPLE = Permission("例のページを開く", everywhere=EVERY_ROLE)
GREET = Permission("例のあいさつをする", within=(Post.Role.CLERK,))
ENTRANCES = {"example": OPEN_EXAMPLE}
