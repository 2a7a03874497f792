"""The verdict's charts, the cost meter and the gradient doctor, in a browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visits import compared

BOOK = "/?f=(sin(x1/x2)+%2B+(x1/x2-exp(x2)))*(x1/x2-exp(x2))&at.x1=1.5&at.x2=0.5"
READOUT = re.compile(r"h = \S+: forward errs by \S+, central by \S+")


def test_arrow_keys_read_the_chart_and_leave_the_trace_alone(open_page):
    page = compared(open_page(BOOK))
    plot, readout = page.locator(".plot").first, page.locator(".readout").first
    assert "Point at the chart" in readout.inner_text()
    plot.focus()
    expect(readout).to_have_text(READOUT)
    first = readout.inner_text()
    page.keyboard.press("ArrowRight")
    assert readout.inner_text() != first
    page.keyboard.press("ArrowLeft")
    assert readout.inner_text() == first
    page.keyboard.press("Home")
    assert re.match(r"h = 1\.\de−16|h = \de−1[67]", readout.inner_text())
    page.keyboard.press("End")
    assert plot.get_attribute("aria-valuenow") == plot.get_attribute("aria-valuemax")
    assert plot.get_attribute("aria-valuetext") == readout.inner_text()
    assert page.locator("#timeline").get_attribute("data-step") is None
    assert "step=" not in page.url


def test_the_pointer_reads_the_chart(open_page):
    page = compared(open_page(BOOK))
    plot, readout = page.locator(".plot").nth(1), page.locator(".readout").nth(1)
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.5)
    expect(readout).to_have_text(READOUT)
    middle = readout.inner_text()
    page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + box["height"] * 0.5)
    assert readout.inner_text() != middle
    place = re.match(r"M([\d.]+) ", plot.locator(".guide").get_attribute("d"))
    assert [dot.get_attribute("cx") for dot in plot.locator(".dot").all()] == [place[1]] * 2


def test_the_readout_says_what_the_table_says(open_page):
    page = compared(open_page(BOOK))
    figure = page.locator("figure.chart").first
    figure.locator(".plot").focus()
    page.keyboard.press("End")
    figure.locator("summary").click()
    cells = figure.locator("tbody tr").last.locator("th, td").all_inner_texts()
    said = figure.locator(".readout").inner_text()
    assert said == f"h = {cells[0]}: forward errs by {cells[1]}, central by {cells[2]}"


def test_the_taylor_remainder_is_drawn_between_its_two_slopes(open_page):
    page = compared(open_page(BOOK))
    figure = page.locator("figure.chart", has=page.locator(".slope"))
    assert "slope 2.00: the gradient is right" in figure.locator("figcaption").inner_text()
    assert figure.locator(".slope-name").all_text_contents() == ["slope 1, wrong", "slope 2, right"]
    figure.locator(".plot").focus()
    page.keyboard.press("End")
    assert "the remainder is" in figure.locator(".readout").inner_text()


def test_a_finger_reads_the_chart(open_page):
    page = compared(open_page(BOOK, has_touch=True, viewport={"width": 390, "height": 844}))
    plot = page.locator(".plot").first
    plot.scroll_into_view_if_needed()
    plot.tap()
    expect(page.locator(".readout").first).to_have_text(READOUT)


def test_the_meter_does_not_wait_for_the_comparison(open_page):
    page = open_page("/?f=atan2(y,x)%2Bx*y&at.x=1&at.y=2", script=False)
    meter = page.locator("#cost")
    expect(meter).to_be_visible()
    assert page.locator(".comparison").count() == 0
    assert meter.locator("tbody tr").all_inner_texts()[0].startswith("function")
    assert "bound holds for" not in meter.inner_text()
    worse = open_page("/?f=atan2(y,x)&at.x=1&at.y=2", script=False).locator("#cost")
    assert "because of atan2" in worse.inner_text()


def test_without_scripts_the_numbers_stand_in_a_table(open_page):
    page = open_page(f"{BOOK}&compare=1", script=False)
    page.locator(".numbers summary").first.click()
    assert page.locator(".numbers tbody tr").count() > 100
    assert page.locator(".readout").count() == 0


def test_the_formula_stands_beside_its_trace(open_page):
    page = compared(open_page(BOOK))
    pair = page.locator(".pair").first
    assert pair.locator("dd").all_inner_texts() == ["3.0118433276739", "3.0118433276739"]
    assert "The 2 formulas take" in page.locator(".swell").inner_text()


@pytest.mark.parametrize(
    ("query", "symptom", "why"),
    [("f=log(x)&at.x=-1", "f is NaN", "outside the domain"),
     ("f=sqrt(x)&at.x=0", "∂f/∂x is ∞", "infinite slope"),
     ("f=relu(w*x)&at.w=1&at.x=-2", "∂f/∂w and ∂f/∂x are 0", "nothing flows back")],
)  # fmt: skip
def test_the_doctor_names_where_it_began(open_page, query, symptom, why):
    page = open_page(f"/?{query}")
    finding = page.locator(".finding").first
    assert symptom in finding.inner_text()
    assert why in finding.inner_text()
    link = finding.locator("a[data-to]")
    step = link.get_attribute("data-to")
    link.click()
    expect(page.locator("#where-all")).to_contain_text(f"step {step} of")


def test_the_doctor_is_quiet_where_all_is_well(open_page):
    assert open_page(BOOK).locator("#doctor").count() == 0
    page = open_page("/?f=x^2&at.x=0")
    assert page.locator(".finding").count() == 0
    assert "has a minimum in x" in page.locator(".doctor .quiet").inner_text()
