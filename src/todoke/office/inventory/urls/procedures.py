"""URLs of the inventory."""

from django.urls import path, re_path

from todoke.office.inventory.views import procedures, transfers

urlpatterns = [
    path("", procedures.show_list, name="procedures"),
    path("unsettled/", transfers.show_list, name="unsettled"),
    re_path(r"^(?P<number>P-\d{6})/transfer/$", transfers.transfer, name="procedure-transfer"),
    re_path(r"^(?P<number>P-\d{6})/keeping/$", transfers.keeping, name="procedure-keeping"),
    path("export/", procedures.export, name="procedures-export"),
    re_path(r"^(?P<number>P-\d{6})/$", procedures.show, name="procedure"),
    re_path(r"^(?P<number>P-\d{6})/edit/$", procedures.edit, name="procedure-edit"),
    re_path(
        r"^(?P<number>P-\d{6})/(?P<noun>volumes|legal-bases|paper-forms)/$",
        procedures.addition,
        name="procedure-addition",
    ),
    re_path(
        r"^(?P<number>P-\d{6})/(?P<noun>volumes|legal-bases|paper-forms)/removal/$",
        procedures.removal,
        name="procedure-removal",
    ),
]
