"""Permissions 権限: posts, proposals, routes and procurements."""

from todoke.organization.models import Post
from todoke.organization.permissions import EVERY_ROLE, Permission

APPOINT = Permission("部署・職位・在任を登録する", everywhere=(Post.Role.ADMINISTRATOR,))
EDIT_ROUTES = Permission("決裁ルートの案を書き、公開する", everywhere=(Post.Role.HEADQUARTERS, Post.Role.RECORDS))
SEE_PROPOSALS = Permission(
    "起案を見る", everywhere=(Post.Role.AUDITOR,), within=EVERY_ROLE, source="監査: 地方自治法199条"
)
OPEN_PROPOSAL = Permission("起案する", within=EVERY_ROLE)
SEE_PROCUREMENTS = Permission(
    "調達案件を見る",
    everywhere=(Post.Role.HEADQUARTERS, Post.Role.AUDITOR),
    within=EVERY_ROLE,
    source="監査: 地方自治法199条",
)
OPEN_PROCUREMENT = Permission("調達案件を起こし、契約手続を始める", within=EVERY_ROLE)
