"""What goes wrong, and what goes on meanwhile: no network, a slow server, a focus that would hide,
an address that cannot hold what is shown."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visits import BOOK, at, rested

X1 = "[id='at.x1']"
LONG = "\n".join(["a0=x", *(f"a{k}=sin(a{k - 1})" for k in range(1, 401))])
ASKED = re.compile(r"^[^?]*:[0-9]+/\?f=")

CUT = """() => {
    window.whole = window.fetch;
    window.fetch = () => Promise.reject(new TypeError('no network'));
}"""
BUSY_ONCE = """() => {
    const whole = window.fetch;
    window.fetch = async () => {
        window.fetch = whole;
        return new Response("", { status: 503, headers: { "Retry-After": "0" } });
    };
}"""
MENDED = "() => { window.fetch = window.whole; }"


def says_the_same_after_a_reload(page):
    rested(page, 450)  # the address is noted then
    said = page.locator("#where").inner_text(), page.locator("#f").input_value()
    page.reload()
    expect(page.locator("#where")).to_have_text(said[0].strip())
    assert page.locator("#f").input_value() == said[1]


@pytest.mark.slow
def test_the_play_button_tells_the_truth_after_an_update(open_page):
    page = open_page(BOOK + "&step=1")
    page.click("#play")
    page.fill(X1, "2")
    expect(page.locator("#heading h1")).to_contain_text("(2, 0.5)")
    page.click("label[for=mode-reverse]")
    expect(page.locator("#heading")).to_contain_text("Reverse mode")
    expect(page.locator("#play")).to_have_attribute("aria-pressed", "true")
    at(page, "step [34] of 6")
    page.click("#play")
    page.fill(X1, "3")
    expect(page.locator("#heading h1")).to_contain_text("(3, 0.5)")
    expect(page.locator("#play")).to_have_attribute("aria-pressed", "false")


CHANGES = {
    "value": lambda page: page.fill(X1, "2"),
    "mode": lambda page: page.click("label[for=mode-reverse]"),
    "seed": lambda page: page.fill("#seed", "1, 2"),
    "seed by a link": lambda page: page.locator(".picks a").nth(1).click(),
    "function": lambda page: page.fill("#f", "x1*x2+x2"),
    "step and value": lambda page: (page.keyboard.press("ArrowRight"), page.fill(X1, "2")),
    "value and step": lambda page: (
        page.fill(X1, "2"),
        page.wait_for_timeout(200),
        page.evaluate("document.activeElement.blur()"),
        page.keyboard.press("ArrowLeft"),
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_page_and_address_agree_after_a_change(open_page, change):
    page = open_page(BOOK + "&step=7")
    page.keyboard.press("ArrowRight")
    at(page, "Tangent sweep, step 2 of 6")
    before = page.locator("#heading").inner_text()
    CHANGES[change](page)
    expect(page.locator("#heading")).not_to_have_text(before)
    rested(page, 300)
    if change == "function":
        at(page, "The whole trace")
    says_the_same_after_a_reload(page)


def test_page_and_address_agree_after_a_drag_while_it_plays(open_page):
    page = open_page(BOOK + "&step=7")
    page.click("#play")
    box = page.locator("#point input[type=range]").first.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    for k in range(30):
        page.mouse.move(box["x"] + box["width"] / 2 + k, box["y"] + box["height"] / 2)
        page.wait_for_timeout(50)
    page.mouse.up()
    page.click("#play")
    at(page, "Tangent sweep")
    says_the_same_after_a_reload(page)


def test_back_without_a_network_is_said_and_made_good(open_page):
    page = open_page(BOOK)
    page.fill(X1, "2")
    page.press(X1, "Enter")
    expect(page.locator("#heading h1")).to_contain_text("(2, 0.5)")
    page.evaluate(CUT)
    page.evaluate("history.back()")
    expect(page.locator("#problem")).to_contain_text("does not answer")
    expect(page.locator("#result")).to_have_attribute("data-old", "")
    back = page.url
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(200)
    assert page.url == back  # the trace that is shown is not the address's
    page.evaluate(MENDED)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#heading h1")).to_contain_text("(1.5, 0.5)")
    expect(page.locator(X1)).to_have_value("1.5")
    expect(page.locator("#problem")).to_be_empty()
    expect(page.locator("#result")).not_to_have_attribute("data-old", "")
    expect(page.locator(".old-note")).to_have_count(0)


def test_an_edit_without_a_network_can_be_tried_again(open_page):
    page = open_page(BOOK)
    page.evaluate(CUT)
    page.fill(X1, "2")
    expect(page.locator(".old-note")).to_have_text("Below is the trace from before.")
    page.evaluate(MENDED)
    page.get_by_text("Try again").click()
    expect(page.locator("#heading h1")).to_contain_text("(2, 0.5)")
    expect(page.locator("#problem")).to_be_empty()


def test_a_busy_server_is_asked_again(open_page):
    page = open_page(BOOK)
    page.evaluate(BUSY_ONCE)
    page.fill(X1, "2")
    expect(page.locator("#heading h1")).to_contain_text("(2, 0.5)")
    expect(page.locator("#problem")).to_be_empty()


def test_a_slow_server_is_waited_for_in_the_open(open_page):
    page = open_page(BOOK)
    held = []
    page.route(ASKED, lambda route: held.append(route))
    page.fill(X1, "2")
    expect(page.locator("#waiting-note")).to_be_visible()
    expect(page.locator("#result")).to_have_attribute("aria-busy", "true")
    for route in held:
        route.continue_()
    expect(page.locator("#heading h1")).to_contain_text("(2, 0.5)")
    expect(page.locator("#waiting-note")).to_have_count(0)
    expect(page.locator("#result")).not_to_have_attribute("aria-busy", "true")


def test_a_server_that_hangs_is_given_up(open_page):
    page = open_page(BOOK, alone=True)  # a clock is set for the whole context
    page.clock.install()
    page.route(ASKED, lambda route: None)
    page.fill(X1, "2")
    page.clock.run_for(1_500)
    expect(page.locator("#waiting-note")).to_be_visible()
    page.clock.run_for(20_000)
    expect(page.locator("#problem")).to_contain_text("The server does not answer.")
    expect(page.locator("#waiting-note")).to_have_count(0)


def test_show_all_hands_its_focus_on(open_page):
    page = open_page(BOOK + "&step=5")
    page.focus("#whole")
    page.keyboard.press("Enter")
    at(page, "The whole trace")
    expect(page.locator("#tracks")).to_be_focused()


def test_a_number_that_is_no_longer_computed_hands_its_focus_to_its_row(open_page):
    page = open_page(BOOK)
    page.locator("tbody[data-row=v3] .c-value data").evaluate("e => { e.tabIndex = 0; e.focus(); }")
    page.keyboard.press("Home")
    at(page, "Before the first step")
    expect(page.locator("tbody[data-row=v3]")).to_be_focused()
    page.keyboard.press("ArrowUp")  # to the nearest number above that is there
    assert page.evaluate("document.activeElement.closest('tbody').dataset.row") == "x2"


def test_an_example_chosen_by_keyboard_leaves_the_focus_on_its_menu(open_page):
    page = open_page(BOOK)
    page.focus("#examples summary")
    page.keyboard.press("Enter")
    page.locator("#examples a", has_text="Rosenbrock").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#heading h1")).not_to_contain_text("(1.5, 0.5)")
    expect(page.locator("#examples summary")).to_be_focused()


def test_a_text_too_long_for_an_address_survives_a_reload_and_back(open_page):
    page = open_page(BOOK)
    page.route(re.compile(r"/verdict(\?|$)"), lambda route: route.fulfill(body=""))
    page.fill("#f", LONG)
    expect(page.locator("#long")).to_contain_text("too long for an address")
    rested(page, 400)
    assert "f=" not in page.url
    page.focus("main")
    page.keyboard.press("ArrowRight")
    at(page, "Primal sweep, step 1 of 400")
    rested(page, 400)
    page.reload()
    expect(page.locator("#f")).to_have_value(LONG)
    at(page, "Primal sweep, step 1 of 400")
    page.go_back()
    expect(page.locator("#heading h1")).to_contain_text("(1.5, 0.5)")
    expect(page.locator("#long")).to_be_empty()
    page.go_forward()
    expect(page.locator("#f")).to_have_value(LONG)


def test_a_seed_of_the_other_mode_is_no_obstacle(open_page):
    page = open_page(BOOK + "&seed=nonsense")
    expect(page.locator("#problem-how")).to_contain_text("A seed here")
    page.click("label[for=mode-reverse]")
    expect(page.locator("#problem-how")).to_be_empty()
    expect(page.locator("tbody[data-row=v4] .c-total.last")).to_have_text("2.8437")


def test_the_space_bar_plays_nothing_from_a_chart_or_the_graph(open_page):
    page = open_page(BOOK)
    chart = page.locator(".plot[role=slider]").first
    expect(chart).to_be_attached()
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    for place in (chart, page.locator(".graph-view:visible")):
        place.focus()
        page.keyboard.press("Space")
        expect(page.locator("#play")).to_have_attribute("aria-pressed", "false")
    page.focus("#tracks")
    page.keyboard.press("Space")
    expect(page.locator("#play")).to_have_attribute("aria-pressed", "true")


def test_leaps_along_a_long_trace_ask_only_where_they_end(open_page):
    page = open_page("/")
    page.route(re.compile(r"/verdict(\?|$)"), lambda route: route.fulfill(body=""))
    page.fill("#f", LONG)
    expect(page.locator("[data-row=a400]").first).to_be_attached()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("#tracks").scroll_into_view_if_needed()
    box = page.locator("#tracks").bounding_box()
    middle = box["y"] + box["height"] - 6
    page.mouse.move(box["x"] + 5, middle)
    page.mouse.down()
    page.evaluate(
        """async ([left, width, y]) => {
            const tracks = document.getElementById('tracks');
            for (let k = 0; k <= 60; k += 1) {
                const clientX = left + width * ((k * 17) % 40) / 40;
                const moved = { clientX, clientY: y, bubbles: true };
                tracks.dispatchEvent(new PointerEvent('pointermove', moved));
                await new Promise(requestAnimationFrame);
            }
        }""",
        [box["x"], box["width"], middle],
    )
    page.mouse.up()
    now = page.locator(".ledger .now").first
    expect(now).to_be_attached()
    page.wait_for_timeout(500)
    # Sixty leaps; a slow machine may rest among them.
    assert len([url for url in asked if "/rows" in url]) <= 12
    assert len([url for url in asked if "/steps" in url]) <= 12


def test_the_code_follows_the_sweep(open_page):
    page = open_page(BOOK + "&step=6", viewport={"width": 1400, "height": 900})
    expect(page.locator(".tab-panel.adjoint")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#tab-tangent")).to_be_checked()
    expect(page.locator(".tab-panel.tangent .line.now")).to_be_visible()
    page.keyboard.press("End")
    expect(page.locator(".tab-panel.adjoint .line.now")).to_be_visible()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#tab-adjoint")).to_be_checked()
    page.click("label[for=tab-export]")
    page.locator("#tracks").focus()
    page.keyboard.press("End")
    expect(page.locator("#tab-export")).to_be_checked()
