"""Permissions 権限: local points: the section grants, its chief publishes, the treasurer settles."""

from todoke.organization.models import Post
from todoke.organization.permissions import Permission

GRANT_POINTS = Permission(
    "ポイント事業の案を書き、対象者を取り込み、付与し、ポイントカードを渡す",
    everywhere=(Post.Role.TREASURER,),
    within=(Post.Role.CLERK, Post.Role.CHIEF),
)
PUBLISH_POINTS = Permission(
    "ポイント事業を公開し、加盟店を承認する", within=(Post.Role.CHIEF,), below=(Post.Role.DIRECTOR,)
)
SETTLE_POINTS = Permission(
    "加盟店の手数料を定め、精算を作り、照合して起案し、支払う",
    everywhere=(Post.Role.TREASURER,),
    source="地方自治法170条",
)
