"""Taking things away: downloads, copies, links, frames and files, as a person would."""

import json
import re
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from adexplain.server.exporting.formats import FORMATS
from tests.browser.visits import BOOK

STEPS = 23


def export_tab(page):
    page.locator("label[for=tab-export]").click()
    return page.locator("#export")


def copying(page, title):
    return page.locator("#export li", has_text=title).first.locator(".copies")


def where(page):
    return page.locator("#where-all")


@pytest.mark.slow
def test_every_link_downloads(open_page):
    page = open_page(BOOK)
    rows = export_tab(page).locator("li")
    assert rows.count() >= len(FORMATS) + 2
    for k in range(rows.count()):
        with page.expect_download() as begun:
            rows.nth(k).get_by_text("Download").click()
        download = begun.value
        assert download.suggested_filename.startswith("griewank-walther")
        assert download.path().stat().st_size > 30


def test_links_hold_the_step_and_the_point_that_are_shown(open_page):
    page = open_page(BOOK)
    link = export_tab(page).locator('a[href^="/export/html?"]')
    page.locator(".where-now").click()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(link).to_have_attribute("href", re.compile(r"at\.x1=1\.5.*step=3$"))
    data = page.locator('a[href^="/export/json?"]')
    expect(data).not_to_have_attribute("href", re.compile("step="))
    page.locator("#at\\.x1").fill("2.5")
    expect(data).to_have_attribute("href", re.compile(r"at\.x1=2\.5"))


def test_copying(open_page):
    page = open_page(BOOK)
    rows = export_tab(page).locator("li")
    buttons = rows.locator("button.copies")
    assert buttons.count() >= 9
    for k in range(buttons.count()):
        buttons.nth(k).click()
        expect(buttons.nth(k)).to_contain_text("Copied")
    copying(page, "JSON").click()
    expect(copying(page, "JSON")).to_contain_text("Copied")
    copied = json.loads(page.evaluate("navigator.clipboard.readText()"))
    assert copied["gradient"]["x1"] == pytest.approx(3.0118433276739)
    copying(page, "LaTeX").click()
    page.wait_for_function("navigator.clipboard.readText().then(text => text.includes('toprule'))")
    assert "documentclass" not in page.evaluate("navigator.clipboard.readText()")


def test_without_scripts_links_download_and_the_tab_opens(open_page):
    page = open_page(BOOK + "&step=5", script=False)
    panel = export_tab(page)
    expect(panel).to_be_visible()
    expect(panel.get_by_text("Copy").first).to_be_hidden()
    with page.expect_download() as begun:
        panel.locator("a").first.click()
    assert begun.value.path().stat().st_size > 30
    page.locator("#share summary").click()
    expect(page.locator("#share-link")).to_contain_text("step=5")
    expect(page.locator("#share-link")).to_contain_text("http://127.0.0.1")


def test_a_long_function_downloads(open_page):
    page = open_page("/")
    text = "\n".join(["y0 = x"] + [f"y{i} = y{i - 1} + {i}*x" for i in range(1, 600)])
    page.locator("#f").fill(text)
    expect(page.locator(".ledger")).to_contain_text("599")
    panel = export_tab(page)
    with page.expect_download() as begun:
        panel.locator("li", has_text="CSV").first.get_by_text("Download").click()
    assert begun.value.path().read_text("utf-8").count("\n") > 1_800
    copying(page, "CSV").click()
    expect(copying(page, "CSV")).to_contain_text("Copied")


def test_share_gives_a_link_that_restores_the_step(open_page):
    page = open_page(BOOK + "&mode=reverse")
    page.locator(".where-now").click()
    for _ in range(9):
        page.keyboard.press("ArrowRight")
    page.locator("#share summary").click()
    page.locator("#share .copy").first.click()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith("http://127.0.0.1")
    other = open_page(link)
    expect(where(other)).to_have_text("step 9 of 17 in all")
    assert other.locator("#mode-reverse").is_checked()
    assert other.locator("#at\\.x1").input_value() == "1.5"
    page.locator("#share-step").uncheck()
    expect(page.locator("#share-link")).not_to_contain_text("step=")
    page.keyboard.press("Escape")
    expect(page.locator("#share-link")).to_be_hidden()


@pytest.fixture
def elsewhere(tmp_path):
    """Another site, which serves the files of a folder."""
    handler = partial(Quiet, directory=str(tmp_path))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield tmp_path, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *words):
        pass


def test_the_embed_code_works_in_another_site(open_page, elsewhere):
    folder, site = elsewhere
    page = open_page(BOOK + "&step=5")
    page.locator("#share summary").click()
    page.locator("#share .copy").nth(1).click()
    code = page.evaluate("navigator.clipboard.readText()")
    host = f"<!doctype html><title>Host</title><link rel=icon href=data:,>{code}"
    (folder / "host.html").write_text(host)
    page = open_page(f"{site}/host.html")
    frame = page.frame_locator("iframe")
    expect(frame.locator("#where-all")).to_have_text("step 5 of 23 in all")
    frame.locator("[data-go=forward]").click()
    expect(frame.locator("#where-all")).to_have_text("step 6 of 23 in all")
    expect(frame.locator(".step-card")).to_be_visible()
    expect(frame.locator(".colophon a")).to_have_attribute("href", re.compile("step=6$"))
    with page.context.expect_page() as opened:
        frame.locator(".colophon a").click()
    expect(opened.value.locator("#where-all")).to_have_text("step 6 of 23 in all")


def test_a_page_that_is_not_made_for_it_is_not_framed(open_page, elsewhere, server, browser):
    folder, site = elsewhere
    (folder / "host.html").write_text(f'<!doctype html><iframe src="{server}/"></iframe>')
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site}/host.html")
    page.wait_for_timeout(300)
    assert page.frame_locator("iframe").locator("#f").count() == 0
    context.close()


def asked_of(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    return asked


def test_the_file_steps_without_a_network(open_page, saved):
    page = open_page(saved.as_uri(), offline=True)
    asked = asked_of(page)
    page.reload()
    page.locator(".where-now").click()
    for step in range(1, STEPS + 1):
        page.keyboard.press("ArrowRight")
        expect(where(page)).to_have_text(f"step {step} of {STEPS} in all")
        expect(page.locator(".step-card")).to_have_attribute("data-for", str(step))
    expect(page.locator(".ledger .pending")).to_have_count(0)
    page.keyboard.press("Home")
    expect(page.locator(".ledger .pending").first).to_be_visible()
    page.locator('.ledger [data-step="17"]').first.click()
    expect(where(page)).to_have_text(f"step 17 of {STEPS} in all")
    expect(page.locator(".line.now")).to_have_count(1)
    page.locator("label[for=tab-tangent]").click()
    expect(page.locator(".tab-panel.tangent")).to_be_visible()
    page.locator("#graph [data-row=v6]:visible").first.hover()
    expect(page.locator("tbody.lit")).to_have_count(1)
    expect(page.get_by_role("button", name="Copy table")).to_be_visible()
    assert [url for url in asked if not url.startswith(("data:", saved.as_uri()))] == []
    fonts = page.evaluate("document.fonts.ready.then(() => [...document.fonts].map(f => f.status))")
    assert fonts == ["loaded"]


def test_the_file_is_whole_without_scripts(open_page, saved):
    page = open_page(saved.as_uri(), offline=True, script=False)
    expect(page.locator(".ledger tbody")).to_have_count(8)
    assert page.locator("a[href^='/']").count() == 0
