"""URLs of the reviews."""

from django.urls import path, re_path

from todoke.office.inventory.views import reviews

NUMBER = r"(?P<number>P-\d{6}-\d{2,3})"
urlpatterns = [
    path("", reviews.show_list, name="reviews"),
    path("export/", reviews.export, name="reviews-export"),
    path("decisions/", reviews.decisions, name="reviews-decisions"),
    path("draft/", reviews.draft, name="reviews-draft"),
    path("table/", reviews.table, name="reviews-table"),
    path("amendments/", reviews.amendments, name="reviews-amendments"),
    path("amendments/export/", reviews.amendments_export, name="reviews-amendments-export"),
    path("report.pdf", reviews.report, name="reviews-report"),
    path("annex.pdf", reviews.annex, name="reviews-annex"),
    re_path(rf"^{NUMBER}/$", reviews.show, name="review"),
    re_path(rf"^{NUMBER}/decision/$", reviews.decision, name="review-decision"),
    re_path(rf"^{NUMBER}/reopening/$", reviews.reopening, name="review-reopening"),
    re_path(r"^addition/(?P<number>P-\d{6})/$", reviews.addition, name="review-addition"),
]
