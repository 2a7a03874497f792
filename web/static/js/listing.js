// The generated code follows the telling: the tab of the step's sweep, and the line in its own frame.

import { whenDrawn } from "./frames.js";
import { computedAt, place } from "./stepper.js";

/** A tab that a person has chosen stays. */
let chosen = false;

export function start() {
  document.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.name === "listing") chosen = true;
  });
  document.addEventListener("adexplain:step", whenDrawn(follow));
  follow();
}

function follow() {
  const lines = /** @type {HTMLElement[]} */ (computedAt(place()).filter((element) => element.matches(".listing .line")));
  if (lines.length === 0) return;
  const open = lines.some((line) => line.offsetParent !== null);
  if (!open && !chosen) show(lines[0]);
  for (const line of lines) if (line.offsetParent !== null) keepInFrame(line);
}

/** Open the tab that a line is in. The one of the files is a person's choice.
 * @param {HTMLElement} line */
function show(line) {
  const key = [...(line.closest(".listing")?.classList ?? [])].find((name) => name !== "listing");
  const tab = document.getElementById(`tab-${key}`);
  const files = document.querySelector("#tab-export:checked");
  if (tab instanceof HTMLInputElement && !files) tab.checked = true;
}

/** Scroll the code, not the page. @param {HTMLElement} line */
function keepInFrame(line) {
  const frame = line.closest("pre");
  if (!frame || frame.scrollHeight <= frame.clientHeight + 1) return;
  const [at, of] = [line.getBoundingClientRect(), frame.getBoundingClientRect()];
  if (at.top >= of.top && at.bottom <= of.bottom) return;
  frame.scrollBy({ top: (at.top + at.bottom - of.top - of.bottom) / 2, behavior: "instant" });
}
