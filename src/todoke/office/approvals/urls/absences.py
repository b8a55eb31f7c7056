"""/office/absences/: absences, delegations and deputies."""

from django.urls import path

from todoke.office.approvals.views import absences

urlpatterns = [
    path("", absences.index, name="absences"),
    path("announcement/", absences.announcement, name="absence-announcement"),
    path("<day:day>/return/", absences.return_, name="absence-return"),
    path("delegation/", absences.delegation, name="absence-delegation"),
    path("revocation/", absences.revocation, name="absence-revocation"),
    path("deputy/", absences.deputy, name="absence-deputy"),
    path("dismissal/", absences.dismissal, name="absence-dismissal"),
]
