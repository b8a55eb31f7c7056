"""Permissions 権限: rounds of the inventory."""

from todoke.organization.models import Post
from todoke.organization.permissions import EVERY_ROLE, Permission

OPEN_ROUND = Permission("棚卸を始め、催促する", everywhere=(Post.Role.HEADQUARTERS,))
TRANSFER_PROCEDURE = Permission("手続の所管部署を決め、ほかの部署へ移す", everywhere=(Post.Role.HEADQUARTERS,))
ANSWER_SHEET = Permission("棚卸票に答える", everywhere=(Post.Role.HEADQUARTERS,), within=EVERY_ROLE)
