"""Permissions 権限: roadmaps and what weighs most."""

from todoke.organization.models import Post
from todoke.organization.permissions import EVERY_ROLE, Permission

PLAN_ROADMAP = Permission("導入計画を作り、組み直す", everywhere=(Post.Role.HEADQUARTERS,))
ENTER_STAGE = Permission("導入計画の段階を書く", everywhere=(Post.Role.HEADQUARTERS,), within=EVERY_ROLE)
SAVE_SCENARIO = Permission("重みの案を残す", everywhere=EVERY_ROLE)
