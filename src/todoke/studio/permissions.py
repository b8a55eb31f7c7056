"""Permissions 権限: the pages for staff who design forms, services and flows."""

from todoke.admissions import permissions as admissions
from todoke.bookings import permissions as bookings
from todoke.organization.models import Post
from todoke.organization.permissions import EVERY_ROLE, Permission
from todoke.scans import permissions as scans

DESIGN = Permission("様式を設計し、公開前の確認をする", everywhere=(Post.Role.DESIGNER, Post.Role.HEADQUARTERS))
OPEN_FLOWS = Permission("業務フローのページを開く", everywhere=EVERY_ROLE)
OPEN_OFFERS = Permission(
    "オンライン受付のページを開く", everywhere=(Post.Role.DESIGNER, Post.Role.HEADQUARTERS, Post.Role.CHIEF)
)
ENTRANCES = {
    "studio": DESIGN,
    "studio/admissions": admissions.WRITE_RULES,
    "studio/flows": OPEN_FLOWS,
    "studio/calculations": OPEN_FLOWS,
    "studio/offers": OPEN_OFFERS,
    "studio/scan-templates": scans.WRITE_SCAN_TEMPLATES,
    "studio/saved-views": OPEN_FLOWS,
    "studio/surveys": OPEN_FLOWS,
    "studio/use-rules": bookings.WRITE_USE_RULES,
}
