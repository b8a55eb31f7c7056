"""Permissions 権限: public comments and ideas of a department, and the proposals of its staff."""

from todoke.organization.models import Post
from todoke.organization.permissions import Permission

RUN_CONSULTATION = Permission(
    "意見募集を進める(公示・受付・黒塗り・まとめ・区の考え方・結果の公表)",
    within=(Post.Role.CLERK, Post.Role.CHIEF),
    below=(Post.Role.DIRECTOR,),
)
WRITE_CONSULTATION_RULE = Permission("意見募集の根拠を登録する", everywhere=(Post.Role.RECORDS,))
