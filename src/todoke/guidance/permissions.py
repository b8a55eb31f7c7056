"""Permissions 権限: news for residents, and the words by which they find a procedure."""

from todoke.organization.models import Post
from todoke.organization.permissions import EVERY_ROLE, Permission

SEND_BROADCAST = Permission("暮らしの出来事のお知らせを送る", within=EVERY_ROLE)
EDIT_VOCABULARY = Permission(
    "さがす言葉(言い換え・呼び名・案内先)を直す", everywhere=(Post.Role.DESIGNER, Post.Role.HEADQUARTERS)
)
WRITE_FAQS = Permission(
    "問答を書き、確かめて公開し、案内の抜けを引き受ける",
    everywhere=(Post.Role.DESIGNER, Post.Role.HEADQUARTERS),
    within=(Post.Role.CLERK, Post.Role.CHIEF),
    below=(Post.Role.DIRECTOR,),
)
LOG_CONTACTS = Permission("問合せを記録し、折り返す", within=EVERY_ROLE)
