"""Permissions 権限: other systems that work on a section's applications."""

from todoke.organization.models import Post
from todoke.organization.permissions import Permission

MANAGE_PARTNERS = Permission("連携先を登録し、承認し、鍵を出す", everywhere=(Post.Role.ADMINISTRATOR,))
CARRY_PARCELS = Permission("引渡しの便を作り、運び出し、受け取る", everywhere=(Post.Role.ADMINISTRATOR,))
CONSENT_TO_PARTNER = Permission("連携先が自分の課の案件を扱うことに同意する", within=(Post.Role.CHIEF,))
MACHINE_ROLE = Post.Role.CLERK
"""The role of the post that a machine holds: it works on applications and decides none."""
