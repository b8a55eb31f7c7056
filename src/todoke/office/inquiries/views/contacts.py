"""問合せ: recording a contact by keyboard, the calls to return, and the kinds of contacts."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from todoke.guidance.models import Contact, ContactTopic
from todoke.guidance.permissions import WRITE_FAQS
from todoke.lists.list_page import list_page
from todoke.office.inquiries.contact_list import ContactList
from todoke.office.inquiries.forms.contacts import ContactForm, TopicForm
from todoke.web.actions import RefusalsOn, action
from todoke.web.permission_check import reader, staff


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    rows = ContactList(staff(request))
    waiting = rows.rows("back")[:20]
    return list_page(request, rows, "office/contacts/index.html", {"waiting": waiting})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Show the form of a contact, record it, and show the form again for the next one."""
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            made = Contact.log(form.noted(), by=staff(request), thread=form.cleaned_data["number"])
            messages.success(request, f"記録しました。用件の番号は {made.thread.number}、{made.nth}回目です。")
            return redirect("office:contact-new")
    return render(request, "office/contacts/new.html", {"form": form}, status=422 if form.errors else 200)


@action("office:contacts")
def callback(request: HttpRequest, number: int) -> str:
    contact = get_object_or_404(ContactList(staff(request)).rows(""), pk=number)
    contact.call_back(by=staff(request))
    return "折り返したことを記録しました。"


@require_http_methods(["GET", "HEAD", "POST"])
def topics(request: HttpRequest) -> HttpResponse:
    """Show the kinds of contacts, and add one."""
    user, form = reader(request, WRITE_FAQS), TopicForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.instance.add(by=user)
        messages.success(request, f"「{form.instance}」を加えました。")
        return redirect("office:contact-topics")
    shown = ContactTopic.objects.select_related("department")
    context = {"form": form, "topics": shown, "can_write": WRITE_FAQS.held_by(user)}
    return render(request, "office/contacts/topics.html", context, status=422 if form.errors else 200)
