// The timeline: a track for each sweep, the label of the current step, and the scrubber.
import { byId } from "../shared/dom.js";
import { inSweep } from "./state.js";

/** @typedef {import("./state.js").Place} Place */
/** @typedef {import("./state.js").Sweep} Sweep */

/** The sweeps, from the tracks that the server sent. @param {ParentNode} timeline @returns {Sweep[]} */
export function readSweeps(timeline) {
  return [...timeline.querySelectorAll(".track-name")].map((name) => {
    const { sweep, start, count } = /** @type {HTMLElement} */ (name).dataset;
    return { kind: sweep ?? "", start: Number(start), count: Number(count) };
  });
}

/** Show the current step. @param {HTMLElement} timeline @param {Place} step @param {number} total @param {Sweep[]} sweeps */
export function paintTimeline(timeline, step, total, sweeps) {
  if (!total) return;
  timeline.querySelector("#play")?.removeAttribute("hidden");
  if (step === null) delete timeline.dataset.step;
  else timeline.dataset.step = String(step);
  document.documentElement.classList.toggle("stepping", step !== null);
  document.documentElement.classList.toggle("before-end", step !== null && step < total);
  const here = inSweep(step, sweeps);
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (timeline.querySelectorAll(".part"))) {
    const [first, last] = [Number(part.dataset.first), Number(part.dataset.last)];
    part.classList.toggle("done", step === null || last < step);
    part.classList.toggle("now", step !== null && first <= step && step <= last);
    part.classList.toggle("ahead", step !== null && first > step);
  }
  for (const name of timeline.querySelectorAll(".track-name")) {
    const { sweep, count } = /** @type {HTMLElement} */ (name).dataset;
    const inside = here && here.kind === sweep ? `${here.position} of ` : "";
    put(name.querySelector(".track-count"), `${inside}${Number(count).toLocaleString("en")}`);
  }
  label(timeline, step, total, here);
}

/** Say where the current step is, in the label and to screen readers.
 * @param {HTMLElement} timeline @param {Place} step @param {number} total
 * @param {ReturnType<typeof inSweep>} here */
function label(timeline, step, total, here) {
  const count = total.toLocaleString("en");
  const title = here && here.kind[0].toUpperCase() + here.kind.slice(1);
  const where = here ? `${title} sweep, step ${here.position} of ${here.count}` : step === null ? "The whole trace" : "Before the first step";
  const place = byId("where");
  if (place) {
    place.textContent = where;
    if (here) {
      const arrow = document.createElement("span");
      arrow.className = `arrow ${here.kind}`;
      arrow.ariaHidden = "true";
      arrow.textContent = here.kind === "adjoint" ? "← " : "→ ";
      place.prepend(arrow);
    }
  }
  put(byId("where-all"), step === null ? `${count} steps, one for each number` : `step ${step} of ${count} in all`);
  byId("whole")?.toggleAttribute("hidden", step === null);
  const tracks = timeline.querySelector("#tracks");
  for (const [name, value] of Object.entries({
    role: "slider", tabindex: "0", "aria-label": "Step", "aria-valuemin": "0", "aria-valuemax": String(total),
    "aria-valuenow": String(step ?? total), "aria-valuetext": where,
  })) tracks?.setAttribute(name, value);
}

/** Set the text, unless it is the same. @param {Element | null} element @param {string} text */
function put(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}
