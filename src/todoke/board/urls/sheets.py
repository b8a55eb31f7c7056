"""記入用紙の住所."""

from django.urls import path

from todoke.board.views import sheets

urlpatterns = [
    path("sheets/<slug:noun>/<str:key>/new/", sheets.new, name="sheet-new"),
    path("sheets/<slug:noun>/<str:key>/<int:place>/correction/", sheets.correction, name="sheet-correction"),
    path("sheets/<slug:noun>/<str:key>/<int:place>/removal/", sheets.removal, name="sheet-removal"),
]
