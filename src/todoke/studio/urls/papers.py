"""必要な書類の住所。"""

from django.urls import path

from todoke.studio.views import papers, stops

urlpatterns = [
    path("forms/<slug:code>/stops/", stops.show, name="form-stops"),
    path("forms/<slug:code>/stops/edition/", stops.edition, name="form-stop-edition"),
    path("forms/<slug:code>/stops/removal/", stops.removal, name="form-stop-removal"),
    path("forms/<slug:code>/papers/", papers.show, name="form-papers"),
    path("forms/<slug:code>/papers/addition/", papers.addition, name="form-paper-addition"),
    path("forms/<slug:code>/papers/<slug:paper_id>/edition/", papers.edition, name="form-paper-edition"),
    path("forms/<slug:code>/papers/<slug:paper_id>/removal/", papers.removal, name="form-paper-removal"),
]
