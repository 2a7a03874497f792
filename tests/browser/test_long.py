"""Long traces: there in parts, whole by stepping or opening."""

import re
from itertools import pairwise
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

BODIES = "document.querySelectorAll('.ledger > tbody').length"
LINES = "[...document.querySelectorAll('.ledger > tbody[data-line]')].map(b => +b.dataset.line)"
GAPS = """[...document.querySelectorAll('.ledger > .gap')]
    .map(gap => [+gap.dataset.first, +gap.dataset.last])"""
KEPT = 160


def chain(rows):
    """So many steps, one after the other; few of them fit in an address."""
    return "\n".join(["a0=x", *(f"a{k}=sin(a{k - 1})" for k in range(1, rows + 1))])


def opened(open_page, rows, **options):
    page = open_page("/", **options)
    # The comparison of so many rows takes the workers' time; other tests wait for it.
    page.route("**/verdict*", lambda route: route.fulfill(body=""))
    page.evaluate(
        "text => { f.value = text; f.dispatchEvent(new Event('input', { bubbles: true })); }",
        chain(rows),
    )
    expect(page.locator(f".ledger [data-row=a{rows}]")).to_be_visible()
    return page


def press(page, key, times):
    """Press a key as often as somebody who holds it down: once a frame."""
    page.evaluate(
        """async ([key, times]) => {
            document.activeElement?.blur();
            for (let k = 0; k < times; k += 1) {
                document.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
                await new Promise(done => requestAnimationFrame(done));
            }
        }""",
        [key, times],
    )


@pytest.mark.parametrize("rows", [1_000, 10_000])
def test_a_long_trace_opens_in_parts(open_page, rows):
    page = opened(open_page, rows)
    assert page.evaluate(BODIES) <= KEPT
    assert page.evaluate("document.querySelectorAll('*').length") < 12_000
    gap = page.locator(".ledger .gap")
    expect(gap).to_have_count(1)
    expect(gap).to_contain_text(f"of {rows + 1:,} are not shown")
    last = int(gap.get_attribute("data-first")) + 49
    gap.locator(".more").click()
    expect(page.locator(f".ledger tbody[data-line='{last}']")).to_be_visible()
    expect(gap).to_have_attribute("data-first", str(last + 1))
    lines = page.evaluate(LINES)
    assert lines == sorted(set(lines))


@pytest.mark.slow
def test_stepping_brings_the_lines_it_reaches_and_lets_far_ones_go(open_page):
    page = opened(open_page, 1_000)
    press(page, "Home", 1)
    press(page, "ArrowRight", 300)
    expect(page.locator("#timeline")).to_have_attribute("data-step", "300")
    expect(page.locator("tbody.now-row")).to_have_attribute("data-row", "a300")
    expect(page.locator("tbody.now-row")).to_be_in_viewport()
    expect(page.locator("[data-row=a300] .c-value")).to_have_class(re.compile(r"\bnow\b"))
    expect(page.locator("[data-row=a301] .c-value")).to_have_class(re.compile(r"\bpending\b"))
    assert page.evaluate(BODIES) <= KEPT
    lines = page.evaluate(LINES)
    assert lines == sorted(set(lines))
    # Between any two lines that are not neighbours stands a gap that says which are missing.
    told = page.evaluate(GAPS)
    missing = [(a + 1, b - 1) for a, b in pairwise(lines) if b > a + 1]
    assert [tuple(pair) for pair in told] == missing


def test_a_step_in_the_middle_of_an_address_is_there(open_page):
    text = "\n".join(["a=x", *(f"b{k}=a*{k}" for k in range(1, 250))])
    page = open_page("/?" + urlencode({"f": text, "step": 125}), script=False)
    expect(page.locator("tbody.now-row")).to_have_attribute("data-row", "b125")
    expect(page.locator(".ledger .gap")).to_have_count(2)


def test_gaps_open_without_scripts(open_page):
    page = open_page("/?" + urlencode({"f": chain(300), "at.x": "0.5"}), script=False)
    first = int(page.locator(".gap").get_attribute("data-first"))
    page.click(".gap .more")
    expect(page.locator(f"tbody[data-line='{first + 49}']")).to_have_count(1)
    expect(page.locator("[id='at.x']")).to_have_value("0.5")
    page.click(".gap .more")
    expect(page.locator(f"tbody[data-line='{first}']")).to_have_count(1)
    expect(page.locator(f"tbody[data-line='{first + 99}']")).to_have_count(1)


def test_stepping_asks_for_few_parts(open_page):
    page = opened(open_page, 1_000)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    press(page, "Home", 1)
    press(page, "ArrowRight", 200)
    expect(page.locator("tbody.now-row")).to_have_attribute("data-row", "a200")
    parts = [url for url in asked if "/rows" in url]
    assert 1 <= len(parts) <= 12


def test_lines_that_come_late_are_marked_for_the_step_of_now(open_page):
    page = opened(open_page, 1_000)
    held = []
    page.route(re.compile("/rows"), lambda route: held.append(route))
    box = page.locator("#tracks").bounding_box()
    with page.expect_request(re.compile("/rows")):
        page.mouse.click(box["x"] + box["width"] / 5, box["y"] + box["height"] - 6)
    press(page, "ArrowRight", 5)
    step = page.locator("#timeline").get_attribute("data-step")
    page.unroute(re.compile("/rows"))
    for route in held:
        route.continue_()
    expect(page.locator("tbody.now-row")).to_have_attribute("data-row", f"a{step}")
