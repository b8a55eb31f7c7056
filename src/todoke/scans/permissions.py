"""Permissions 権限: paper sheets of a department, and the templates by which they are read."""

from todoke.organization.models import Post
from todoke.organization.permissions import Permission

CHECK_SCANS = Permission(
    "紙の申請を取り込み、読取りを確かめる",
    within=(Post.Role.CLERK, Post.Role.CHIEF, Post.Role.DIRECTOR, Post.Role.MAYOR),
    below=(Post.Role.DIRECTOR,),
)
WRITE_SCAN_TEMPLATES = Permission(
    "読取り様式を作り、公開する", everywhere=(Post.Role.DESIGNER, Post.Role.HEADQUARTERS), within=(Post.Role.CHIEF,)
)
