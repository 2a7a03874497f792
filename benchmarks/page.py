"""The page's speed in Debian's Chromium: ``python3 dev.py bench --page``.

Times of scripts are processor times from Chromium's trace, because wall-clock times include other
work of the machine. The time of a fixed loop in the same browser allows to compare two machines.
"""

from __future__ import annotations

import json
import shutil
import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.running import server

LENGTHS = (20, 1_000, 10_000)
STEPS = 100
MOVES = 60
PAUSE = 60
"""Milliseconds between two key presses, as when a key is held down."""
FRAME_GOAL, OPEN_GOAL = 16.0, 1.0
SCRIPT = {"EventDispatch", "TimerFire", "RunMicrotasks", "FireAnimationFrame", "FireIdleCallback"}
BOOK = "/?f=(sin(x1/x2)+%2B+(x1/x2-exp(x2)))*(x1/x2-exp(x2))&at.x1=1.5&at.x2=0.5"
TYPE = """async ([text, rows]) => {
    const begun = performance.now();
    const field = document.getElementById('f');
    field.value = text;
    field.dispatchEvent(new Event('input', {bubbles: true}));
    const shown = () => Number(document.getElementById('timeline')?.dataset.total ?? 0) >= rows;
    while (!shown()) await new Promise(requestAnimationFrame);
    return (performance.now() - begun) / 1000;
}"""
SLIDE = """async (moves) => {
    const slider = document.querySelector('#point input[type=range]');
    const times = [];
    for (let move = 0; move < moves; move += 1) {
        slider.value = String(Number(slider.min) + (slider.max - slider.min) * move / moves);
        const begun = performance.now();
        const table = document.querySelector('.ledger');
        const shown = new Promise(resolve => {
            const watch = new MutationObserver(() => { watch.disconnect(); resolve(); });
            watch.observe(table, {subtree: true, childList: true, characterData: true});
        });
        slider.dispatchEvent(new Event('input', {bubbles: true}));
        await shown;
        await new Promise(requestAnimationFrame);
        times.push(performance.now() - begun);
        await new Promise(resolve => setTimeout(resolve, 50));
    }
    return times;
}"""
UNIT = """() => {
    const begun = performance.now();
    let sum = 0;
    for (let k = 1; k < 1e7; k += 1) sum += 1 / k;
    return performance.now() - begun + 0 * sum;
}"""


def measure() -> dict[str, Any]:
    """All figures of the page, as plain data."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("There is no Chromium here: install the package chromium.")
    with server() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        figures = {
            "unit": _page(browser, address).evaluate(UNIT),
            "long": [_stepping(browser, address, length) for length in LENGTHS],
            "drag": _dragging(browser, address),
        }
        browser.close()
    return figures


def _stepping(browser: Browser, address: str, length: int) -> dict[str, Any]:
    """From the text to the trace, and a step through it."""
    text = "\n".join(["v0 = x", *(f"v{row} = sin(v{row - 1})" for row in range(1, length))])
    page = _page(browser, address)
    shown = page.evaluate(TYPE, [text, length])
    page.wait_for_timeout(4_000)
    with _traced(browser, page) as tasks:
        for _ in range(STEPS):
            page.keyboard.press("ArrowRight")
            page.wait_for_timeout(PAUSE)
    page.context.close()
    return {"rows": length, "shown": shown, **_summary(tasks)}


def _dragging(browser: Browser, address: str) -> dict[str, Any]:
    """A slider drawn along its track."""
    page = _page(browser, address + BOOK)
    page.wait_for_timeout(2_000)
    answers: list[float] = []

    def answered(response: Any) -> None:
        timing = response.request.timing
        answers.append(timing["responseStart"] - timing["requestStart"])

    page.on("response", answered)
    with _traced(browser, page) as tasks:
        shown = page.evaluate(SLIDE, MOVES)
    page.context.close()
    answer = statistics.median(answers)
    return {"answer": answer, "shown": statistics.median(shown), **_summary(tasks)}


def _summary(tasks: list[float]) -> dict[str, float]:
    ordered = sorted(tasks)
    over = sum(task > FRAME_GOAL for task in tasks)
    return {
        "tasks": len(tasks),
        "p99": ordered[len(ordered) * 99 // 100],
        "most": ordered[-1],
        "over": over,
    }


def _page(browser: Browser, address: str) -> Page:
    page = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return page


@contextmanager
def _traced(browser: Browser, page: Page) -> Iterator[list[float]]:
    """The processor time, in milliseconds, of each piece of script that runs in the block."""
    tasks: list[float] = []
    with TemporaryDirectory() as folder:
        path = Path(folder) / "trace.json"
        browser.start_tracing(page=page, path=path, categories=["devtools.timeline", "v8.execute"])
        yield tasks
        browser.stop_tracing()
        events = json.loads(path.read_text("utf-8"))["traceEvents"]
    ends: dict[tuple[int, int], float] = {}
    script = (event for event in events if event.get("ph") == "X" and event["name"] in SCRIPT)
    for event in sorted(script, key=lambda event: (event["ts"], -event.get("dur", 0))):
        thread = event["pid"], event["tid"]
        if event["ts"] < ends.get(thread, 0.0):
            continue  # nested in another event
        ends[thread] = event["ts"] + event.get("dur", 0)
        tasks.append(event.get("tdur", 0) / 1_000)


def report(figures: dict[str, Any]) -> str:
    """The figures as a page of text."""
    lines = [
        f"A loop of ten million divisions takes {figures['unit']:.0f} ms in this browser.",
        "",
        f"Opening a chain of rows and stepping {STEPS} times, a key each {PAUSE} ms",
        f"(goals: 1,000 rows within {OPEN_GOAL:g} s, no piece of script above {FRAME_GOAL:g} ms)",
        "",
        f"  {'rows':>7}{'shown':>9}{'scripts':>9}{'99 %':>10}{'most':>10}{'above':>7}",
    ]
    for row in figures["long"]:
        times = f"{row['p99']:>7.1f} ms{row['most']:>7.1f} ms{row['over']:>7}"
        lines.append(f"  {row['rows']:>7,}{row['shown']:>7.2f} s{row['tasks']:>9}{times}")
    drag = figures["drag"]
    lines += [
        "",
        f"A drag on Griewank and Walther's function: half the answers come within "
        f"{drag['answer']:.1f} ms,",
        f"and with the next frame {drag['shown']:.1f} ms after the slider's move their numbers are "
        "in the table.",
        f"Of the scripts 99 % take less than {drag['p99']:.1f} ms, the longest "
        f"{drag['most']:.1f} ms.",
    ]
    return "\n".join(lines)
