"""Permissions 権限: the register of staff and its invitations."""

from todoke.organization.models import Post
from todoke.organization.permissions import Permission

REGISTER_STAFF = Permission("職員名簿を取り込み、職員を招待する", everywhere=(Post.Role.ADMINISTRATOR,))
