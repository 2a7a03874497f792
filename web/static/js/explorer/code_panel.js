// The generated code follows the steps: the tab of the current sweep opens, and the current line scrolls
// into view.

import { whenPlaced } from "../shared/layout_timing.js";
import { computedAt, place } from "./stepper.js";

/** Whether the reader has chosen a tab, which then stays open. */
let chosen = false;

export function start() {
  document.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.name === "listing") chosen = true;
  });
  document.addEventListener("adexplain:step", follow);
  follow();
}

const currentLines = () => computedAt(place()).filter((element) => element.matches(".tab-panel .line"));

const follow = whenPlaced(currentLines, (places) => {
  const lines = currentLines();
  const open = lines.some((line) => places.get(line)?.width);
  if (!open && !chosen && lines.length > 0) show(lines[0]);
  scrollCode();
});

/** Open the tab that a line is in, unless the reader has opened the Export tab.
 * @param {Element} line */
function show(line) {
  const key = [...(line.closest(".tab-panel")?.classList ?? [])].find((name) => name !== "tab-panel");
  const tab = document.getElementById(`tab-${key}`);
  const files = document.querySelector("#tab-export:checked");
  if (tab instanceof HTMLInputElement && !files) tab.checked = true;
}

/** Scroll the code's own frame, not the page, to the current line. */
const scrollCode = whenPlaced(
  () => currentLines().flatMap((line) => [line, line.closest("pre") ?? line]),
  (places) => {
    for (const [line, at] of places) {
      const frame = line.closest("pre");
      const of = frame && frame !== line ? places.get(frame) : undefined;
      if (!frame || !at.width || !of || (at.top >= of.top && at.bottom <= of.bottom)) continue;
      frame.scrollBy({ top: (at.top + at.bottom - of.top - of.bottom) / 2, behavior: "instant" });
    }
  },
);
