"""The graph in a browser: labels apart, one selection, zoom, pan, fit, and what comes later."""

from urllib.parse import quote_plus

import pytest
from playwright.sync_api import expect

from adexplain.server.http.examples import GROUPS
from tests.browser.visits import DESK, PHONE

GRIEWANK = (
    "/?f="
    + quote_plus("(sin(x1/x2) + (x1/x2 - exp(x2)))*(x1/x2 - exp(x2))")
    + "&at.x1=1.5&at.x2=0.5"
)
EXAMPLES = [example for examples in GROUPS.values() for example in examples]
VIEW = ".graph-view:visible"

# What lies on what in the drawing that is shown: names of the two, or nothing.
COLLISIONS = """() => {
  const view = [...document.querySelectorAll(".graph-view")].find((one) => one.offsetParent);
  const seen = (item) => getComputedStyle(item).display !== "none";
  const box = (item) => item.getBoundingClientRect();
  const items = [
    ...[...view.querySelectorAll(".node > .box")].map((item) => ["node", item]),
    ...[...view.querySelectorAll(".partial")].filter(seen).map((item) => ["label", item]),
  ].map(([kind, item]) => [kind, box(item), item.textContent]);
  const found = [];
  for (const [a, one, first] of items) for (const [b, other, second] of items) {
    if (one === other || a !== "label") continue;
    const apart = one.right <= other.left + .5 || other.right <= one.left + .5
      || one.bottom <= other.top + .5 || other.bottom <= one.top + .5;
    if (!apart) found.push(`${first} on ${b} ${second}`);
  }
  return found;
}"""
# Texts that leave their node.
OVERFLOWS = """() => [...document.querySelectorAll(".graph-view .node:is(.row, .input)")]
  .filter((node) => node.closest(".graph-view").offsetParent)
  .flatMap((node) => {
    const frame = node.querySelector(".box").getBoundingClientRect();
    return [...node.querySelectorAll("text")]
      .filter((text) => {
        const box = text.getBoundingClientRect();
        if (!box.width) return false; // not shown
        return box.left < frame.left - .5 || box.right > frame.right + .5;
      }).map((text) => text.textContent);
  })"""


def sines(count):
    return "\n".join(["a1 = sin(x)", *(f"a{k} = sin(a{k - 1})" for k in range(2, count + 1))])


def chain(count):
    return "/?f=" + quote_plus(sines(count)) + "&at.x=1"


@pytest.mark.slow
@pytest.mark.parametrize("view", [DESK, PHONE], ids=["desk", "phone"])
def test_labels_lie_on_nothing_in_any_example(open_page, view):
    page = open_page("/", viewport=view, looking=True)
    for example in EXAMPLES:
        page.goto(example.state().address())
        page.wait_for_selector(VIEW)
        page.evaluate("document.fonts.ready")
        assert page.evaluate(COLLISIONS) == [], example.title
        assert page.evaluate(OVERFLOWS) == [], example.title


def test_one_drawing_is_shown(open_page):
    page = open_page(GRIEWANK, viewport=DESK)
    shown = """() => [...document.querySelectorAll(".graph-view")]
      .filter((view) => view.offsetParent).map((view) => view.className.split(" ")[1])"""
    assert page.evaluate(shown) == ["wide"]
    for width, shape in ((1280, "tall"), (1000, "wide"), (390, "tall")):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_selector(f".graph-view.{shape}")  # fetched when there is room for it
        assert page.evaluate(shown) == [shape]
    page.goto(GRIEWANK + "&view=projector")
    assert page.evaluate(shown) == ["tall"]


def test_it_fits_its_column_without_scripts(open_page):
    for view in (DESK, PHONE, {"width": 1280, "height": 800}):
        page = open_page(GRIEWANK, script=False, viewport=view)
        sizes = page.locator(VIEW).evaluate("view => [view.scrollWidth, view.clientWidth]")
        assert sizes[0] <= sizes[1]


def test_a_step_marks_node_edge_and_pill(open_page):
    page = open_page(GRIEWANK + "&step=16", viewport=DESK)
    page.keyboard.press("ArrowRight")
    assert page.locator(f"{VIEW} .now-row").get_attribute("data-row") == "v4"
    assert page.locator(f"{VIEW} .source").get_attribute("data-row") == "v5"
    assert page.locator(f"{VIEW} .pill.now").text_content() == "+\u20091.3513"
    assert page.locator(f"{VIEW} .halo.now").count() == 1
    values = page.locator(f"{VIEW} [data-row=v4] .adjoint .value:visible").all_text_contents()
    assert values == ["2.8437"]


def test_node_and_table_light_up_together(open_page):
    page = open_page(GRIEWANK, viewport=DESK)
    box = centred(page).locator("[data-row=v3] .box").bounding_box()
    page.mouse.move(box["x"] + 4, box["y"] + 4)
    assert "lit" in page.locator("tbody[data-row=v3]").get_attribute("class")
    page.locator("tbody[data-row=v5] .c-name").hover()
    assert "lit" in page.locator(f"{VIEW} [data-row=v5]").get_attribute("class")
    assert "lit" not in page.locator(f"{VIEW} [data-row=v3]").get_attribute("class")


def test_a_graph_that_comes_after_the_pointer_lights_up_too(open_page):
    page = open_page(GRIEWANK, viewport=DESK)
    held = []
    page.route("**/graph?*", lambda route: held.append(route))
    with page.expect_request("**/graph?*"):
        page.fill("#f", sines(120))
    page.locator("tbody[data-row=a5] .c-name").hover()
    expect(page.locator("tbody[data-row=a5]")).to_contain_class("lit")
    for route in held:
        route.continue_()
    expect(page.locator(f"{VIEW} [data-row=a5]")).to_contain_class("lit")


def centred(page):
    """The drawing that is shown, clear of the bar that stays at the top."""
    page.locator(VIEW).evaluate("view => view.scrollIntoView({block: 'end'})")
    return page.locator(VIEW)


def width_of(page):
    return page.locator(f"{VIEW} svg").bounding_box()["width"]


def test_keys_zoom_pan_and_fit(open_page):
    page = open_page(GRIEWANK, viewport=DESK)
    fitted = width_of(page)
    page.locator(VIEW).focus()
    page.keyboard.press("+")
    page.keyboard.press("+")
    assert width_of(page) == pytest.approx(fitted * 1.25**2, rel=0.01)
    left = page.locator(VIEW).evaluate("view => view.scrollLeft")
    page.keyboard.press("ArrowRight")
    assert page.locator(VIEW).evaluate("view => view.scrollLeft") == left + 60
    page.keyboard.press("-")
    assert width_of(page) == pytest.approx(fitted * 1.25, rel=0.01)
    page.keyboard.press("0")
    assert width_of(page) == pytest.approx(fitted, rel=0.01)
    assert "step=" not in page.url


def test_buttons_and_wheel_zoom(open_page):
    page = open_page(GRIEWANK, viewport=DESK)
    fitted = width_of(page)
    page.get_by_role("button", name="Larger").click()
    assert width_of(page) > fitted * 1.2
    page.get_by_role("button", name="Smaller").click()
    assert width_of(page) == pytest.approx(fitted, rel=0.01)
    page.locator(VIEW).scroll_into_view_if_needed()
    box = page.locator(VIEW).bounding_box()
    page.mouse.move(box["x"] + 100, box["y"] + 100)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    width = "document.querySelector('.graph-view.wide svg').getBoundingClientRect().width"
    page.wait_for_function(f"{width} > {fitted * 1.3}")
    page.get_by_role("button", name="Fit").click()
    assert width_of(page) == pytest.approx(fitted, rel=0.01)


def test_a_mouse_drags_it(open_page):
    page = open_page(GRIEWANK, viewport=DESK)
    page.locator(VIEW).focus()
    for _ in range(4):
        page.keyboard.press("+")
    box = centred(page).bounding_box()
    before = page.locator(VIEW).evaluate("view => view.scrollLeft")
    x, y = box["x"] + 200, box["y"] + box["height"] - 60
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 80, y, steps=4)
    page.mouse.up()
    after = page.locator(VIEW).evaluate("view => view.scrollLeft")
    assert after == pytest.approx(before + 80, abs=2)


def test_a_large_graph_comes_later_and_follows_the_steps(open_page):
    page = open_page(chain(120) + "&step=60", viewport=DESK)
    page.wait_for_selector(f"{VIEW} [data-row=a60].now-row")
    inside = """() => {
      const view = [...document.querySelectorAll(".graph-view")].find((one) => one.offsetParent);
      const frame = view.getBoundingClientRect();
      const node = view.querySelector(".now-row").getBoundingClientRect();
      return node.left >= frame.left && node.right <= frame.right;
    }"""
    assert page.evaluate(inside)
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    assert page.locator(f"{VIEW} .now-row").get_attribute("data-row") == "a72"
    page.wait_for_function(inside)


def test_a_folded_graph_unfolds_where_the_step_is(open_page):
    page = open_page(chain(600) + "&step=300", viewport=DESK)
    page.wait_for_selector(f"{VIEW} [data-row=a300].now-row")
    assert page.locator(f"{VIEW} [data-row=a400]").count() == 0
    page.evaluate("import('/static/js/explorer/stepper.js').then((stepper) => stepper.go(400))")
    page.wait_for_selector(f"{VIEW} [data-row=a400].now-row")


def test_a_graph_unfolds_before_the_address_follows(open_page):
    page = open_page(chain(600) + "&step=300", viewport=DESK)
    page.add_init_script("window.requestIdleCallback = () => 0")  # a page that never rests
    page.reload()
    page.wait_for_selector(f"{VIEW} [data-row=a300].now-row")
    page.evaluate("import('/static/js/explorer/stepper.js').then((stepper) => stepper.go(400))")
    page.wait_for_selector(f"{VIEW} [data-row=a400].now-row")
    assert "step=300" in page.url


def test_without_scripts_a_link_leads_to_it(open_page):
    page = open_page(chain(60), script=False, viewport=DESK)
    page.locator("#graph a").click()
    expect(page.locator(f"{VIEW} [data-row=a60]")).to_have_count(1)
