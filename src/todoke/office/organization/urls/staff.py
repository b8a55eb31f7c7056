"""/office/staff/: the register of staff, its imports and invitations."""

from django.urls import path

from todoke.office.organization.views import staff_imports, staff_register

urlpatterns = [
    path("", staff_register.index, name="staff"),
    path("invitations/", staff_register.invitations, name="staff-invitations"),
    path("template/", staff_register.template, name="staff-template"),
    path("imports/", staff_imports.reading, name="staff-imports"),
    path("imports/<slug:token>/", staff_imports.show, name="staff-import"),
    path("imports/<slug:token>/writing/", staff_imports.writing, name="staff-import-writing"),
    path("imports/<slug:token>/discard/", staff_imports.discard, name="staff-import-discard"),
]
