"""URLs of 申請の状況."""

from django.urls import path

from todoke.portal.views import (
    address_confirmation,
    case,
    correction,
    files,
    messages,
    my_page,
    notices,
    reauthentication,
    status,
)

urlpatterns = [
    path("me/", my_page.show, name="mine"),
    path("me/notices/", notices.show, name="notices"),
    path("me/notices/choice/", notices.choice, name="notice-choice"),
    path("me/confirmation/", reauthentication.mailed_code, name="mailed-code"),
    path("files/<str:secret>/", files.show, name="file"),
    path("files/<str:secret>/content/", files.content, name="file-content"),
    path("addresses/<str:secret>/", address_confirmation.show, name="address-confirmation"),
    path("addresses/<str:secret>/confirmation/", address_confirmation.confirmation, name="address-confirmed"),
    path("status/", status.show, name="status"),
    path("status/code/", status.code, name="status-code"),
    path("status/entry/", status.entry, name="status-entry"),
    path("cases/<str:number>/", case.show, name="case"),
    path("cases/<str:number>/answers/", case.answers, name="case-answers"),
    path("cases/<str:number>/copy/", case.copy, name="case-copy"),
    path("cases/<str:number>/correction/", correction.show, name="correction"),
    path("cases/<str:number>/correction/answers/", correction.answers, name="correction-answers"),
    path("cases/<str:number>/message/", messages.message, name="case-message"),
    path("cases/<str:number>/withdraw/", case.withdraw, name="withdraw"),
    path("cases/<str:number>/withdrawal/", case.withdrawal, name="withdrawal"),
    path("cases/<str:number>/letters/<str:token>/", case.letter, name="letter"),
]
