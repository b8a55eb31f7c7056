"""A form that was refused stands on its page again as the person left it, open, with why at its place."""

from todoke.web.form_repopulation import repopulated, with_typed_texts

PAGE = """<main id="main">
<form method="post" action="/office/other/"><input name="reason" value="別の様式"></form>
<details class="menu"><summary>差し戻す</summary>
<form method="post" action="/office/return/">
<input type="hidden" name="csrfmiddlewaretoken" value="t"><input type="hidden" name="number" value="2">
<label for="r">理由</label><textarea id="r" name="reason">
</textarea>
<label><input type="checkbox" name="urgent" value="1" checked><span>至急</span></label>
<select name="route"><option value="a" selected>甲</option><option value="b">乙</option></select>
<input name="days" value="5"><input type="file" name="paper"><input type="password" name="word">
<button name="go" value="1">差し戻す</button></form></details></main>"""
TYPED = {"reason": ["添付が\n<違う>"], "route": ["b"], "days": ["三日"], "word": ["秘密"], "number": ["2"]}


def shown(errors: dict[str, list[str]] | None = None) -> str:
    page = repopulated(PAGE, "/office/return/", TYPED, errors or {}, "日数を数で書いてください。")
    assert page is not None
    return page


def test_everything_that_a_person_typed_and_chose_stands_in_the_form_again() -> None:
    page = shown()
    assert "添付が\n&lt;違う&gt;</textarea>" in page
    assert '<option value="a">' in page
    assert '<option value="b" selected>' in page
    assert '<input name="days" value="三日">' in page
    assert '<input type="checkbox" name="urgent" value="1">' in page, "what they had unticked stays unticked"


def test_another_form_of_the_page_and_a_password_stay_as_they_were() -> None:
    page = shown()
    assert '<input name="reason" value="別の様式">' in page
    assert "秘密" not in page


def test_the_form_is_open_and_says_why_above_it_and_at_the_field() -> None:
    page = shown({"days": ["整数を入力してください。"]})
    assert '<details open class="menu">' in page
    assert page.index("日数を数で書いてください。") > page.index('action="/office/return/"')
    assert '<span class="field__error">整数を入力してください。</span></span><input name="days"' in page
    assert 'aria-invalid="true" aria-describedby="refusal-days"' in page


def test_of_forms_with_one_address_the_one_that_was_sent_is_filled_in() -> None:
    row = '<form action="/a/"><input type="hidden" name="row" value="{0}"><input name="text" value=""></form>'
    page = repopulated(row.format(1) + row.format(2), "/a/", {"row": ["2"], "text": ["ことば"]}, {}, "")
    assert page is not None
    assert page.index('value="ことば"') > page.index('value="2"')


def test_a_form_that_a_button_sends_elsewhere_is_found() -> None:
    page = '<form action="/a/"><input name="text"><button formaction="/b/?x=1">外す</button></form>'
    assert 'value="ことば"' in (repopulated(page, "/b/", {"text": ["ことば"]}, {}, "") or "")


def test_a_page_that_has_the_form_no_more_shows_the_words_to_copy() -> None:
    assert repopulated(PAGE, "/office/gone/", TYPED, {}, "") is None
    page = with_typed_texts(PAGE, [("理由", "添付が\n<違う>")], "ほかの人が先に決めました。")
    assert page.startswith('<main id="main"><div class="stack">')
    assert "<dt>理由</dt><dd>添付が<br>&lt;違う&gt;</dd>" in page
