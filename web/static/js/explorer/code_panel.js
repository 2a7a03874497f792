// The generated code follows the telling: the tab of the step's sweep, and the line in its own frame.

import { whenPlaced } from "../shared/layout_timing.js";
import { computedAt, place } from "./stepper.js";

/** A tab that a person has chosen stays. */
let chosen = false;

export function start() {
  document.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.name === "listing") chosen = true;
  });
  document.addEventListener("adexplain:step", follow);
  follow();
}

const linesTold = () => computedAt(place()).filter((element) => element.matches(".listing .line"));

const follow = whenPlaced(linesTold, (places) => {
  const lines = linesTold();
  const open = lines.some((line) => places.get(line)?.width);
  if (!open && !chosen && lines.length > 0) show(lines[0]);
  keepInFrames();
});

/** Open the tab that a line is in. The one of the files is a person's choice.
 * @param {Element} line */
function show(line) {
  const key = [...(line.closest(".listing")?.classList ?? [])].find((name) => name !== "listing");
  const tab = document.getElementById(`tab-${key}`);
  const files = document.querySelector("#tab-export:checked");
  if (tab instanceof HTMLInputElement && !files) tab.checked = true;
}

/** Scroll the code, not the page. */
const keepInFrames = whenPlaced(
  () => linesTold().flatMap((line) => [line, line.closest("pre") ?? line]),
  (places) => {
    for (const [line, at] of places) {
      const frame = line.closest("pre");
      const of = frame && frame !== line ? places.get(frame) : undefined;
      if (!frame || !at.width || !of || (at.top >= of.top && at.bottom <= of.bottom)) continue;
      frame.scrollBy({ top: (at.top + at.bottom - of.top - of.bottom) / 2, behavior: "instant" });
    }
  },
);
