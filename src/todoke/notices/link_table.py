"""Link table リンクの一覧: what every mailed link may do, as the reference page docs/reference/mailed-links.md."""

from collections.abc import Iterable

from todoke.notices.link_purpose import LinkPurpose, StandingAddress, declared_purposes, standing_addresses

INTRODUCTION = """\
# メールで送るリンク

メールで送るリンクは、名指しした1つの宛先、1つの用途、1つの対象、1つの期間に結びついています。保存するのは
合言葉の封印(SHA-256)だけで、同じ宛先へ同じ用途で新しく送ると、前のリンクは終わります。用が済んだかどうかは、
開くたびに対象の事実(送信済み、提出済みなど)から確かめるので、終わらせ忘れはありません。終わったリンクは 410 で、
次にすることを示します。

リンクを開く(GET・HEAD)だけでは何も変わりません。メールの検査がリンクをたどるからです。行為は、開いたページで押した
とき(POST)だけ行われます。送付・使用・拒否は、対象の監査記録に、合言葉も宛先もなしに残ります。

この表は `./todoke mailed_links` がプログラムから書き出したもので、テストが照らし合わせています。手で直さず、各部屋の
`mailed_links.py` を直してから書き出してください。
"""
PURPOSES = "## 期限のあるリンク"
STANDING = """\
## 残る宛先

メールや紙に書かれ、いつまでも同じページを指す宛先です。合言葉ではないので、それだけで開けるものは次のとおりに限ります。
"""
DECISIONS = """\
## 決めたこと

- 前の「続きのリンク」は、署名だけで期限まで使える合言葉でした。送信の後も使え、漏れたものと見分けられないため、
  残りの期間も認めず、410 で新しいリンクの求め方を示します。現況届・ファイルの受け渡し・パスワード・登録の、
  前のリンクも同じです。
- リンクを押した端末は、その下書きを、送るまで(30日まで)続けられます。送った後は、送った端末だけが60分のあいだ申請の
  状況を見られます。ほかの端末は、リンクを押していても、受付番号とメールの確認番号が要ります。
- メールの検査がくり返し開いても記録があふれないよう、終わったリンクの拒否は、1つにつき1時間に20回まで残します。
- 番号やリンクの入った本文は、送り終えたとき、または使えなくなったときに消します(職員の画面にも出しません)。
  だれに、いつ、何の用で送ったかは残り、案件の廃棄のときに、下書きの分も含めて消えます。
"""


def link_page() -> str:
    """Return the reference page in Markdown."""
    purposes = _table(
        ["用途", "だれに", "いつまで", "終わるとき", "できること(多くても)"],
        ([each.title, each.reader, each.span, each.ends, each.may] for each in _sorted(declared_purposes().values())),
    )
    standing = _table(
        ["宛先", "残すわけ", "できること(多くても)"],
        ([f"{each.title} `{each.page}`", each.reason, each.may] for each in _standing(standing_addresses())),
    )
    return "\n".join([INTRODUCTION, PURPOSES, "", purposes, STANDING, standing, DECISIONS.rstrip(), ""])


def _sorted(purposes: Iterable[LinkPurpose]) -> list[LinkPurpose]:
    return sorted(purposes, key=lambda each: each.code)


def _standing(addresses: Iterable[StandingAddress]) -> list[StandingAddress]:
    return sorted(addresses, key=lambda each: each.page)


def _table(heads: list[str], rows: Iterable[list[str]]) -> str:
    lines = [_line(heads), "|" + "---|" * len(heads), *map(_line, rows)]
    return "\n".join(lines) + "\n"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
