"""記入用紙の住所."""

from django.urls import path

from todoke.board.views import register_rows

urlpatterns = [
    path("sheets/<slug:noun>/<str:key>/new/", register_rows.addition, name="sheet-new"),
    path("sheets/<slug:noun>/<str:key>/<slug:row_key>/correction/", register_rows.correction, name="sheet-correction"),
    path("sheets/<slug:noun>/<str:key>/<slug:row_key>/removal/", register_rows.removal, name="sheet-removal"),
]
