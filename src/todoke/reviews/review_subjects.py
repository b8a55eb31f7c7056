"""Demands 求めているもの: what procedures ask of people, and by which reasons it may stay. Pure tables."""

from django.db import models


class Subject(models.TextChoices):
    """見直しの対象: what is asked."""

    SEAL = "seal", "押印・署名"
    PAPER = "paper", "添付書類"
    VISIT = "visit", "対面"
    FEE = "fee", "手数料"
    WRITING = "writing", "氏名・住所の記入"


class Mark(models.TextChoices):
    """押印・署名の種類."""

    PLAIN = "plain", "認印"
    REGISTERED = "registered", "実印"
    OFFICIAL = "official", "職印"
    SIGNATURE = "signature", "署名"


class Decision(models.TextChoices):
    """見直しの決定."""

    ABOLISH = "abolish", "廃止"
    REPLACE = "replace", "代替"
    KEEP = "keep", "存続"


class Reason(models.TextChoices):
    """存続の理由: the only reasons for which something may stay."""

    LAW = "law", "国の法令が定めている"
    PREFECTURE = "prefecture", "都道府県の条例・規則が定めている"
    REGISTERED = "registered", "登録した印で意思を確かめる必要がある"
    CONTRACT = "contract", "契約や権利の得喪にかかわる"
    THIRD_PARTY = "third_party", "国や金融機関など、相手が定めた様式である"
    ORIGINAL = "original", "原本でなければ確かめられない"
    IN_PERSON = "in_person", "本人や物の状態を直接確かめる必要がある"
    NEEDED = "needed", "審査に必要で、ほかの方法では分からない"
    ORDINANCE = "ordinance", "受益者の負担として条例で定めている"
    OTHER = "other", "そのほか(補足に書く)"


class Substitute(models.TextChoices):
    """代わりの手段: what takes the place of what is given up."""

    NAME = "name", "記名(印字でもよい)"
    IDENTITY = "identity", "本人確認書類の提示"
    LOGIN = "login", "オンライン申請での本人確認"
    CARD = "card", "マイナンバーカードの電子署名"
    CALL = "call", "電話での確認"
    LINKAGE = "linkage", "庁内・国の情報連携での確認"
    COPY = "copy", "写しや画像"
    VIDEO = "video", "オンラインの面談"
    EPAYMENT = "epayment", "オンラインでの納付"
    POST = "post", "郵送"
    PREFILL = "prefill", "一度書けば写る様式"


_ANYWHERE = (Reason.LAW, Reason.PREFECTURE)
REASONS: dict[Subject, tuple[Reason, ...]] = {
    Subject.SEAL: (*_ANYWHERE, Reason.REGISTERED, Reason.CONTRACT, Reason.THIRD_PARTY, Reason.OTHER),
    Subject.PAPER: (*_ANYWHERE, Reason.ORIGINAL, Reason.THIRD_PARTY, Reason.NEEDED, Reason.OTHER),
    Subject.VISIT: (*_ANYWHERE, Reason.IN_PERSON, Reason.ORIGINAL, Reason.OTHER),
    Subject.FEE: (*_ANYWHERE, Reason.ORDINANCE, Reason.OTHER),
    Subject.WRITING: (*_ANYWHERE, Reason.THIRD_PARTY, Reason.NEEDED, Reason.OTHER),
}
"""By which reasons each thing may stay; the database refuses every other."""
SUBSTITUTES: dict[Subject, tuple[Substitute, ...]] = {
    Subject.SEAL: (
        Substitute.NAME, Substitute.IDENTITY, Substitute.LOGIN, Substitute.CARD, Substitute.CALL,
    ),
    Subject.PAPER: (Substitute.LINKAGE, Substitute.COPY, Substitute.IDENTITY, Substitute.NAME),
    Subject.VISIT: (Substitute.LOGIN, Substitute.VIDEO, Substitute.CALL, Substitute.POST),
    Subject.FEE: (Substitute.EPAYMENT,),
    Subject.WRITING: (Substitute.PREFILL, Substitute.LINKAGE),
}  # fmt: skip
"""What may take the place of each thing."""
