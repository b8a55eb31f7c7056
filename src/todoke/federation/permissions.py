"""Permissions 権限: identifying residents, and letting colleagues register a factor."""

from todoke.organization.models import Post
from todoke.organization.permissions import Permission

ISSUE_FACTOR_ENROLMENT = Permission(
    "職員の認証の手段の登録票を出す(自分の分を除く)", everywhere=(Post.Role.ADMINISTRATOR,)
)
RECORD_IDENTITY_CHECK = Permission(
    "申請者の本人確認を記録する",
    everywhere=(Post.Role.CLERK, Post.Role.CHIEF, Post.Role.DIRECTOR, Post.Role.MAYOR),
)
REGISTER_PROVIDER = Permission(
    "認証元とグループの対応を登録し、職員の連携を決める", everywhere=(Post.Role.ADMINISTRATOR,)
)
