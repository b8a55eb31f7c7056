"""Agent papers 代理人の書類: the page that asks an agent for mandate and proof of identity, once, in every form."""

from dataclasses import replace

from django.utils.translation import gettext as _

from todoke.formbuilder.document.structure import Document, FormPage, Group, Question, QuestionKind

PAGE, MANDATE, IDENTITY = "agent_papers", "agent_mandate", "agent_identity"


def with_agent_papers(document: Document, agent_role: str) -> Document:
    """Return the document with the page of the agent's papers in front, unless the form asks for the mandate itself.

    A mandated agent proves the mandate (委任状), a legal representative the office (戸籍, 登記事項証明書). Who only
    helps to type proves nothing.
    """
    if agent_role not in {"legal", "mandate"} or MANDATE in document.by_id:
        return document
    if agent_role == "mandate":
        label, words = _("委任状"), _("本人が書いて署名した委任状の、写真かPDFを付けてください。")
    else:
        label, words = (
            _("代理の資格が分かる書類"),
            _("戸籍や登記事項証明書など、資格が分かる書類の写真かPDFを付けてください。"),
        )
    identity = Question(
        IDENTITY,
        QuestionKind.FILE,
        _("代理人の本人確認書類"),
        _("代わりに申請する人の、運転免許証などを付けてください。"),
        sensitive=True,
    )
    mandate = Question(MANDATE, QuestionKind.FILE, label, words, sensitive=True)
    group = Group("agent_papers_group", "", (mandate, identity))
    page = FormPage(PAGE, _("代理人の書類"), (group,))
    return replace(document, pages=(page, *document.pages))
