"""What the addresses of the voices are about: a call that takes opinions, one that is answered, and a result."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import voices
from tests.cast.voices import Hall, sent
from tests.security.world import World, pdf
from todoke.accounts.models import User
from todoke.japanese.calendar import today
from todoke.organization.models import Post
from todoke.voices.consultation_result import publish_result
from todoke.voices.models import CommentReceipt, Consultation

Places = dict[str, dict[str, str]]


def voices_of(world: World) -> Places:
    """Consultations of the clerk's department."""
    people = world.people
    keeper = User.objects.filter(tenures__post__role=Post.Role.RECORDS).first()
    place = Hall(
        world.case.department, people["clerk"], people["chief"], people["chief"], voices.rule(keeper), voices.route()
    )
    answering, published = _answering(place), _published(place)
    opened = place.announced(opens_on=today(), closes_on=today() + timedelta(days=20), closed_day_choice="same")
    row = _paper(place, opened)
    group = answering.groups.get()
    of = {"number": opened.number}
    comment = opened.comments.exclude(pk=row.comment_id).get()
    return {
        "office:consultation": of | {"sequence": str(row.sequence), "key": "c01"},
        "office:receipt-": of | {"sequence": str(row.sequence)},
        "office:consultation-publication": {"number": answering.number},
        "office:consultation-text": {"number": answering.number, "key": "c01"},
        "office:consultation-comment": of | {"pk": str(comment.pk)},
        "office:comment-": of | {"pk": str(comment.pk)},
        "office:consultation-opinion": of | {"pk": str(comment.points.get().pk)},
        "office:opinion-": of | {"pk": str(comment.points.get().pk)},
        "office:answers-": {"number": answering.number, "pk": str(group.pk)},
        "portal:consultation": of | {"token": row.token},
        "portal:consultation-result": {"number": published.number},
        "portal:consultation-table": {"number": published.number},
    }


def _paper(place: Hall, of: Consultation) -> CommentReceipt:
    at = f"{today()} 00:30:00"
    sent(of, "公園の樹木をもっと手入れしてください。", at)
    scan: SimpleUploadedFile = pdf()
    return sent(of, "駐輪場に反対です。番号は123456789018です。", at, channel="post", by=place.clerk, scan=scan)


def _answering(place: Hall) -> Consultation:
    of = place.announced()
    sent(of, "駐輪場をもっと増やしてください。")
    of.begin_answering(by=place.clerk)
    place.grouped(of, "駐輪場を増やしてほしい", "c01").answer(kind="later", text="参考とします。", by=place.clerk)
    return of


def _published(place: Hall) -> Consultation:
    of = place.announced()
    of.begin_answering(by=place.clerk)
    publish_result(of, by=place.clerk)
    return of
