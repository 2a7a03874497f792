import re
from urllib.parse import urlencode

from playwright.sync_api import expect

from tests.browser.visits import BOOK, LAPTOP, PHONE, compared


def test_a_lecturer_types_another_function_in_the_projector_view(open_page):
    page = open_page(BOOK + "&view=projector")
    page.click("text=Change the function")
    page.fill("#f", "p*q")
    expect(page.locator(".ledger tbody")).to_have_count(3)
    expect(page.locator("html")).to_have_class("projector")
    expect(page).to_have_url(re.compile("f=p.*view=projector"))


def test_a_long_program_scrolls_inside_its_preview(open_page):
    lines = ["v0 = x", *(f"v{i} = sin(v{i - 1})" for i in range(1, 100))]
    page = open_page("/?" + urlencode({"f": "\n".join(lines)}))
    preview = page.get_by_label("The function, typeset")
    assert preview.evaluate("e => e.clientHeight < innerHeight / 2 < e.scrollHeight")
    preview.focus()
    page.keyboard.press("End")
    expect(page.locator("#preview > span").last).to_be_in_viewport()


def test_an_error_in_a_value_or_seed_stands_beside_it(open_page):
    page = open_page(BOOK)
    for field, place in (("[id='at.x1']", "#problem-point"), ("#seed", "#problem-how")):
        old = page.locator(field).input_value()
        page.fill(field, "1+")
        expect(page.locator(f"{place} .problem-what")).to_be_visible()
        expect(page.locator(field)).to_have_attribute("aria-describedby", place[1:])
        expect(page.locator(".problem-what")).to_have_count(1)
        page.fill(field, old)
        expect(page.locator(".problem-what")).to_have_count(0)


def test_the_verdict_arrives_after_the_trace(open_page):
    page = open_page(BOOK)
    expect(page.locator(".ledger")).to_be_visible()
    compared(page)
    expect(page.locator("#verdict-body")).to_contain_text("Forward difference")


def test_typing_updates_everything(open_page):
    page = open_page("/")
    page.fill("#f", "a*b + a")
    expect(page.locator(".ledger tbody")).to_have_count(4)
    expect(page.locator("#point .variable")).to_have_count(2)
    page.fill("[id='at.b']", "4")
    expect(page.locator("#answer")).to_contain_text("5.0000")
    expect(page).to_have_url(re.compile(r"at\.b=4"))


def test_back_returns_to_what_was_before(open_page):
    page = open_page("/")
    page.click("#examples summary")
    page.click("text=Rosenbrock")
    expect(page.locator("#f")).to_have_value(re.compile(r"100\*"))
    expect(page.locator("#answer")).to_contain_text("24.200")
    page.fill("#f", "x*x")
    expect(page.locator(".ledger tbody")).to_have_count(2)
    page.go_back()
    expect(page.locator("#f")).to_have_value(re.compile(r"100\*"))
    expect(page.locator("#answer")).to_contain_text("24.200")
    page.go_back()
    expect(page.locator("#f")).to_have_value(re.compile("ln"))
    page.go_forward()
    expect(page.locator("#f")).to_have_value(re.compile(r"100\*"))


def test_reload_keeps_the_state(open_page):
    page = open_page("/")
    page.fill("#f", "sin(u)")
    expect(page).to_have_url(re.compile(r"sin"))
    page.reload()
    expect(page.locator("#f")).to_have_value("sin(u)")


def test_an_error_while_typing_keeps_the_text_and_greys_the_trace(open_page):
    page = open_page("/")
    page.fill("#f", "x1 + $")
    expect(page.locator("#problem mark")).to_have_text("$")
    expect(page.locator("#f")).to_have_value("x1 + $")
    expect(page.locator("#f")).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".old-note")).to_be_visible()
    page.click("#echo button")
    assert page.evaluate("[document.activeElement.id, f.selectionStart, f.selectionEnd]") == [
        "f",
        5,
        6,
    ]
    page.fill("#f", "x1 + 1")
    expect(page.locator("#problem")).to_be_empty()
    expect(page.locator(".old-note")).to_have_count(0)
    expect(page.locator("#f")).not_to_have_attribute("aria-invalid", "true")


def test_the_caret_counts_as_a_person_does(open_page):
    page = open_page("/")
    page.fill("#f", "𝑥 + $")
    page.click("#echo button")
    assert page.evaluate("f.value.slice(f.selectionStart, f.selectionEnd)") in ("$", "𝑥")


def test_values_survive_while_a_name_is_being_typed(open_page):
    page = open_page("/?f=x*y&at.x=2&at.y=7")
    page.fill("#f", "x*")
    expect(page.locator("#problem")).not_to_be_empty()
    page.fill("#f", "x")
    expect(page.locator("#point .variable")).to_have_count(1)
    page.fill("#f", "x*y")
    expect(page.locator("[id='at.y']")).to_have_value("7")


def test_mode_seed_and_slider(open_page):
    page = open_page(BOOK)
    page.click("label[for=mode-forward]")
    expect(page.locator(".sweep.adjoint")).to_have_count(0)
    page.click(".picks a >> nth=1")
    expect(page.locator(".sweep.tangent")).to_contain_text("(0, 1)")
    page.locator("#point input[type=range]").first.focus()
    page.keyboard.press("ArrowRight")
    expect(page).not_to_have_url(re.compile(r"at\.x1=1\.5&"))


def test_code_tabs_and_copy(open_page):
    page = open_page(BOOK)
    page.click("label[for=tab-tangent]")
    expect(page.locator(".tab-panel.tangent")).to_be_visible()
    expect(page.locator(".tab-panel.adjoint")).to_be_hidden()
    page.click(".tab-panel.tangent .copy")
    expect(page.locator(".tab-panel.tangent .copy")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("def ") or "\ndef " in copied
    compile(copied, "copied", "exec")


def test_numbers_are_copied_with_all_their_digits(open_page):
    page = open_page(BOOK)
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.ledger'))")
    page.keyboard.press("Control+c")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "2.0166466694" in copied
    assert len(copied.splitlines()) >= 11


def test_everything_works_without_scripts(open_page):
    page = open_page("/", script=False)
    page.fill("#f", "p*q")
    page.click("text=Show the trace")
    expect(page.locator(".ledger tbody")).to_have_count(3)
    page.fill("[id='at.p']", "3")
    page.locator("[id='at.p']").press("Enter")
    expect(page.locator("#answer")).to_contain_text("3.0000")
    page.click(".waiting a")
    compared(page)
    page.click("label[for=tab-tangent]")
    expect(page.locator(".tab-panel.tangent")).to_be_visible()
    expect(page.locator("button.copy").first).to_be_hidden()
    page.fill("#f", "p*$")
    page.click("text=Show the trace")
    expect(page.locator("#problem mark")).to_have_text("$")


def test_a_text_too_long_for_an_address(open_page):
    page = open_page("/")
    page.fill("#f", "+".join(["x"] * 6_000))
    expect(page.locator(".ledger .gap")).to_be_visible()
    expect(page.locator("#answer")).to_contain_text("6000")


def test_numbers_stand_on_one_right_edge(open_page):
    for viewport in (LAPTOP, PHONE):
        page = open_page(BOOK, viewport=viewport, looking=True)
        edges = page.evaluate(
            """[...document.querySelectorAll('.ledger .c-total')].map(cell => {
                const range = document.createRange();
                range.selectNodeContents(cell);
                return Math.round(range.getBoundingClientRect().right);
            })"""
        )
        assert len(set(edges)) == 1


def test_print_holds_the_trace_and_both_listings(open_page):
    page = open_page(BOOK)
    compared(page)
    page.emulate_media(media="print")
    expect(page.locator(".heading h1")).to_be_visible()
    expect(page.locator(".tab-panel.tangent")).to_be_visible()
    expect(page.locator("#ask")).to_be_hidden()
    expect(page.locator(".circumstances")).to_contain_text("tangent seed (1, 0)")
