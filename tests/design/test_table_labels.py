"""On a phone no cell of a card table stands without the heading of its column."""

import re
from pathlib import Path

from django.template import Context, Template

from todoke.design.table_labels import label_cells

TABLE = """{% load components %}{% table_region "約束" %}<table class="table table--cards">
{% table_head "番号" "内容" "期限:nowrap" "操作:no-print" %}
<tbody><tr><th scope="row">1</th><td class="words">一覧を<b>出す</b></td><td data-label="いつまで">3月</td>
<td><a href="/">直す</a></td></tr><tr><td colspan="4">ありません。</td></tr></tbody></table>{% endtable_region %}"""


def test_each_cell_says_the_heading_of_its_column() -> None:
    page = Template(TABLE).render(Context())
    assert '<td class="words" data-label="内容">' in page
    assert '<td data-label="いつまで">' in page
    assert '<td data-label="操作">' in page
    assert '<td colspan="4">' in page


def test_a_table_that_scrolls_keeps_its_head_and_is_left_alone() -> None:
    plain = TABLE.replace("table--cards", "")
    assert 'data-label="内容"' not in Template(plain).render(Context())


def test_a_heading_with_markup_and_quotes_is_a_plain_label() -> None:
    html = (
        '<table class="table table--cards"><thead><tr><th><a href="?">値 &amp; 目標</a></th><th>A"B</th></tr></thead>'
        "<tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
    )
    assert label_cells(html).count("data-label=") == 2
    assert 'data-label="A&quot;B"' in label_cells(html)


def test_every_card_table_of_every_face_is_inside_a_region_that_labels_it() -> None:
    source = Path(__file__).parents[2] / "src" / "todoke"
    outside = []
    for template in source.rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        for table in re.finditer(r'<table class="[^"]*table--cards', text):
            before = text[: table.start()]
            if before.count("{% table_region") <= before.count("{% endtable_region"):
                outside.append(template.name)
    assert outside == []
