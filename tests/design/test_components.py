"""Each component says in HTML what a person who cannot see it needs to hear."""

from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override


def drawn(source: str, **context: object) -> str:
    context.setdefault("request", RequestFactory().get("/office/cases/?sort=received&status=new"))
    return Template(source).render(Context(context))


class Moving(forms.Form):
    name = forms.CharField(label="氏名", help_text="戸籍のとおり")
    way = forms.ChoiceField(
        label="受け取り方", choices=[("post", "郵送"), ("counter", "窓口")], widget=forms.RadioSelect
    )
    note = forms.CharField(label="連絡", required=False)
    agreed = forms.BooleanField(label="同意します")


def test_the_error_summary_leads_to_each_field() -> None:
    page = drawn("{{ form }}", form=Moving({}))
    assert '<a href="#id_name">氏名:' in page
    assert '<a href="#id_way_0">受け取り方:' in page
    assert 'id="id_way_0"' in page
    assert 'id="id_name"' in page


def test_what_to_put_right_is_listed_once_although_the_page_and_the_form_both_list_it() -> None:
    assert drawn("{% error_summary form %}<form>{{ form }}</form>", form=Moving({})).count('role="alert"') == 1


def test_a_field_names_its_help_and_its_error() -> None:
    page = drawn("{{ form }}", form=Moving({}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'id="id_name_helptext"' in page
    assert page.count('id="id_name_error"') == 1


def test_only_optional_questions_are_marked() -> None:
    assert drawn("{{ form }}", form=Moving()).count("任意") == 1


def test_a_tick_stands_before_its_words() -> None:
    page = drawn("{{ form }}", form=Moving())
    assert page.index('id="id_agreed"') < page.index("同意します")


def test_a_fresh_form_shows_no_error_summary() -> None:
    assert "error-summary" not in drawn("{{ form }}", form=Moving())


def test_a_sentence_broken_over_lines_is_shown_without_blanks() -> None:
    source = "{% joined_lines %}\n  {{ day }}に\n  {% if sent %}\n    発送 済み。\n  {% endif %}\n{% endjoined_lines %}"
    assert drawn(source, day="11月22日", sent=True) == "11月22日に発送 済み。"


def test_a_head_names_its_columns_with_their_classes_and_leaves_out_empty_ones() -> None:
    page = drawn('{% table_head "科目" "金額:number" allowed|yesno:"操作," %}', allowed=False)
    assert page == '<thead><tr><th scope="col">科目</th><th scope="col" class="number">金額</th></tr></thead>'


def test_a_summary_entry_shows_what_was_typed_as_text() -> None:
    page = drawn('{% summary_entry "申請者" name %}', name="<b>青木</b>")
    assert page == "<div><dt>申請者</dt><dd>&lt;b&gt;青木&lt;/b&gt;</dd></div>"


def test_a_folded_form_carries_the_token_of_its_page() -> None:
    page = drawn('{% folded_form "書く" form "残す" "portal:status-entry" %}', form=Moving(), csrf_token="t")
    assert 'value="t"' in page
    assert 'action="/status/' in page
    assert ">残す</button>" in page


def test_a_table_scrolls_in_a_region_with_a_name() -> None:
    page = drawn('{% table_region "案件の一覧" tall=True %}<table></table>{% endtable_region %}')
    assert 'role="region" aria-label="案件の一覧(表)" tabindex="0"' in page


def test_steps_say_what_is_done_and_where_one_is() -> None:
    page = drawn("{% steps names 2 %}", names=["住所", "受け取り方", "確認"])
    assert "(済み)" in page
    assert "(これから)" in page
    assert page.count('aria-current="step"') == 1


def test_steps_are_said_in_the_language_of_the_page() -> None:
    with override("en"):
        page = drawn("{% steps names 2 %}", names=["Address", "Delivery", "Check"])
    assert "(done)" in page
    assert "(to come)" in page


def test_a_column_head_turns_the_order_and_keeps_the_filter() -> None:
    page = drawn('{% sort_head "受付日" "received" %}')
    assert 'aria-sort="ascending"' in page
    assert "sort=-received" in page
    assert "status=new" in page


def test_text_from_people_is_never_markup() -> None:
    page = drawn('{% notice "info" title %}{{ title }}{% endnotice %}', title="<script>")
    assert "<script>" not in page


def test_breadcrumbs_end_at_the_page_itself() -> None:
    page = drawn('{% breadcrumbs "受付箱" "/office/" "2026-000123" %}')
    assert '<a href="/office/">受付箱</a>' in page
    assert '<li aria-current="page"><span>2026-000123</span></li>' in page


def test_a_deadline_is_said_in_words() -> None:
    said = [drawn("{% deadline left %}", left=left) for left in (-2, 0, 3, 40)]
    assert [text.split(">")[1].split("<")[0] for text in said] == ["2日すぎ", "きょうまで", "あと3日", "あと40日"]
