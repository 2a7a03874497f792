"""Numbers with all their digits: to be seen, and to be taken along."""

import re

from playwright.sync_api import expect

from tests.browser.visits import BOOK

CLIPBOARD = "navigator.clipboard.readText()"
HTML = """async () => {
    const [item] = await navigator.clipboard.read();
    return (await item.getType('text/html')).text();
}"""


def test_one_number(open_page):
    page = open_page(BOOK)
    expect(page.get_by_role("button", name="Copy number")).to_be_disabled()
    page.click("[data-row=v6] .c-value")
    expect(page.locator("#digits")).to_have_text(re.compile(r"2\.01664666"))
    page.click("text=Copy number")
    expect(page.locator(".copying [role=status]")).to_have_text("Copied.")
    assert page.evaluate(CLIPBOARD).startswith("2.0166466694")


def test_keys_lead_from_number_to_number(open_page):
    page = open_page(BOOK)
    page.locator(".ledger data[tabindex='0']").focus()
    first = page.locator("#digits").text_content()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#digits")).not_to_have_text(first)
    page.keyboard.press("ArrowUp")
    expect(page.locator("#digits")).to_have_text(first)


def test_a_row_has_a_line_for_each_contribution(open_page):
    page = open_page(BOOK)
    page.click("[data-row=v4] .c-name")
    page.click("text=Copy row")
    expect(page.locator(".copying [role=status]")).to_have_text("Copied.")
    lines = [line.split("\t") for line in page.evaluate(CLIPBOARD).split("\n")]
    assert [len(line) for line in lines] == [9, 9]
    assert lines[0][0] == "v4"
    assert lines[0][2].startswith("1.35127872")
    assert lines[1][:5] == [""] * 5
    assert lines[1][8].startswith("2.8436774")


def test_the_table_for_spreadsheets_and_documents(open_page):
    page = open_page(BOOK)
    page.click("text=Copy table")
    expect(page.locator(".copying [role=status]")).to_have_text("Copied.")
    lines = [line.split("\t") for line in page.evaluate(CLIPBOARD).split("\n")]
    assert lines[0][:3] == ["name", "operation", "primal value"]
    assert {len(line) for line in lines} == {9}
    assert len(lines) == 1 + 8 + 3  # v4, v1 and x2 receive two contributions
    assert "-13.7239615" in lines[3][8] or "-13.7239615" in "".join(map("".join, lines))
    html = page.evaluate(HTML)
    assert html.count("<tr>") == len(lines)


def test_what_is_not_computed_yet_is_not_copied(open_page):
    page = open_page(BOOK + "&step=3")
    page.click("text=Copy table")
    expect(page.locator(".copying [role=status]")).to_have_text("Copied.")
    copied = page.evaluate(CLIPBOARD)
    assert "2.0166" not in copied
    assert "0.14112" in copied


def test_copying_needs_scripts(open_page):
    page = open_page(BOOK, script=False)
    expect(page.locator(".copying")).to_be_hidden()
