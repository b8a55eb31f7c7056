"""/office/contacts/: contacts of residents, without their names."""

from django.urls import path

from todoke.office.inquiries.views import contacts

urlpatterns = [
    path("", contacts.index, name="contacts"),
    path("new/", contacts.new, name="contact-new"),
    path("topics/", contacts.topics, name="contact-topics"),
    path("<serial:number>/callback/", contacts.callback, name="contact-callback"),
]
