"""Review subjects 見直しの対象: the choices of a review, and which reasons and substitutes are valid. Pure tables."""

from django.db import models


class Subject(models.TextChoices):
    """見直しの対象: the kind of requirement."""

    SEAL = "seal", "押印・署名"
    PAPER = "paper", "添付書類"
    VISIT = "visit", "対面"
    FEE = "fee", "手数料"
    WRITING = "writing", "氏名・住所の記入"


class SealKind(models.TextChoices):
    """押印・署名の種類: the kind of seal or signature."""

    PLAIN = "plain", "認印"
    REGISTERED = "registered", "実印"
    OFFICIAL = "official", "職印"
    SIGNATURE = "signature", "署名"


class ReviewDecision(models.TextChoices):
    """見直しの決定: abolish, replace or keep."""

    ABOLISH = "abolish", "廃止"
    REPLACE = "replace", "代替"
    KEEP = "keep", "存続"


class KeepReason(models.TextChoices):
    """存続の理由: why a requirement is kept."""

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
    """代わりの手段: what replaces a requirement."""

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


_ANYWHERE = (KeepReason.LAW, KeepReason.PREFECTURE)
KEEP_REASONS: dict[Subject, tuple[KeepReason, ...]] = {
    Subject.SEAL: (*_ANYWHERE, KeepReason.REGISTERED, KeepReason.CONTRACT, KeepReason.THIRD_PARTY, KeepReason.OTHER),
    Subject.PAPER: (*_ANYWHERE, KeepReason.ORIGINAL, KeepReason.THIRD_PARTY, KeepReason.NEEDED, KeepReason.OTHER),
    Subject.VISIT: (*_ANYWHERE, KeepReason.IN_PERSON, KeepReason.ORIGINAL, KeepReason.OTHER),
    Subject.FEE: (*_ANYWHERE, KeepReason.ORDINANCE, KeepReason.OTHER),
    Subject.WRITING: (*_ANYWHERE, KeepReason.THIRD_PARTY, KeepReason.NEEDED, KeepReason.OTHER),
}
"""The valid reasons by subject, also a database constraint."""
SUBSTITUTES: dict[Subject, tuple[Substitute, ...]] = {
    Subject.SEAL: (
        Substitute.NAME, Substitute.IDENTITY, Substitute.LOGIN, Substitute.CARD, Substitute.CALL,
    ),
    Subject.PAPER: (Substitute.LINKAGE, Substitute.COPY, Substitute.IDENTITY, Substitute.NAME),
    Subject.VISIT: (Substitute.LOGIN, Substitute.VIDEO, Substitute.CALL, Substitute.POST),
    Subject.FEE: (Substitute.EPAYMENT,),
    Subject.WRITING: (Substitute.PREFILL, Substitute.LINKAGE),
}  # fmt: skip
"""The valid substitutes by subject, also a database constraint."""
