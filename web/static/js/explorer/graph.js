// The graph: a large one arrives after the trace; its size, its place, and the step it follows.
import { ask, question, shape, TALL } from "../shared/address.js";
import { whenPlaced } from "../shared/layout_timing.js";
import { join, place } from "./stepper.js";

const [SMALLEST, LARGEST] = [0.2, 4];
const PAUSE = 200; // milliseconds: a number on a slider is no question yet

/** @type {AbortController | undefined} */
let pending;
let shown = "";
let unfolding = 0;

export function start() {
  document.addEventListener("click", pressed);
  document.addEventListener("keydown", typed, true); // before the keys that step
  document.addEventListener("wheel", turned, { passive: false });
  document.addEventListener("pointerdown", grabbed);
  document.addEventListener("adexplain:step", followStep);
  TALL.addEventListener("change", () => void loadGraph());
}

/** Fetch the graph where the page came without it, in the shape that is shown. */
export async function loadGraph() {
  fitAll(document);
  const panel = document.getElementById("graph");
  const body = document.getElementById("graph-body");
  if (!panel || !body) return;
  const wanted = shape();
  const here = body.querySelector(".graph-view");
  if (panel.dataset.later === undefined && (!here || body.querySelector(`.graph-view.${wanted}`))) return;
  if (document.getElementById("result")?.hasAttribute("data-old")) return;
  const pairs = question(/** @type {HTMLFormElement} */ (document.getElementById("ask")));
  const step = place(); // the address follows it later
  if (step !== null) pairs.set("step", String(step));
  pairs.set("shape", wanted);
  const asked = `${pairs} ${document.getElementById("step")?.dataset.told}`; // what is uncovered differs
  if (asked === shown && body.querySelector("svg")) return;
  pending?.abort();
  const mine = (pending = new AbortController());
  body.setAttribute("aria-busy", "true");
  try {
    if (shown) await new Promise((resolve) => setTimeout(resolve, PAUSE));
    if (mine.signal.aborted) return;
    const response = await ask("/graph", pairs, mine.signal);
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    fitAll(fresh);
    await new Promise((resolve) => setTimeout(resolve)); // reading it and putting it in: a frame may come between
    if (mine.signal.aborted || !body.isConnected) return;
    const old = place() === null ? view()?.scrollLeft : undefined; // else it follows the step
    const left = [...body.children];
    body.replaceChildren(...(fresh.getElementById("graph-body")?.childNodes ?? []));
    shown = response.ok ? asked : "";
    if (old) view()?.scrollTo({ left: old, behavior: "instant" });
    join([...body.children], left, step);
    follow();
  } catch {
    if (!mine.signal.aborted) say(body, "The graph did not arrive.");
  } finally {
    if (!mine.signal.aborted) body.removeAttribute("aria-busy");
  }
}

/** @param {Element} body @param {string} sentence */
function say(body, sentence) {
  const line = document.createElement("p");
  line.className = "waiting";
  line.textContent = sentence;
  body.replaceChildren(line);
}

/** The drawing that is shown. @returns {HTMLElement | null} */
function view() {
  const all = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".graph-view"));
  return [...all].find((one) => one.offsetParent !== null) ?? null;
}

/** @param {HTMLElement} one @returns {number} The width it is drawn for. */
const natural = (one) => one.querySelector("svg")?.viewBox.baseVal.width ?? 1;

/** What css/graph.css fits a drawing by, and the buttons for another size. @param {ParentNode} root */
function fitAll(root) {
  for (const tools of root.querySelectorAll(".graph-tools")) tools.removeAttribute("hidden");
  for (const svg of /** @type {NodeListOf<SVGSVGElement>} */ (root.querySelectorAll(".graph-view svg:not(.fitted)"))) {
    svg.classList.add("fitted");
    const { width, height } = svg.viewBox.baseVal;
    svg.style.setProperty("--wide", String(width));
    svg.style.setProperty("--tall", String(height));
  }
}

/** @param {HTMLElement} one @param {number} scale */
function resize(one, scale) {
  const svg = one.querySelector("svg");
  if (!svg) return;
  svg.style.setProperty("width", `${natural(one) * scale}px`);
}

/** @param {HTMLElement} one */
const scaleOf = (one) => (one.querySelector("svg")?.clientWidth ?? 1) / natural(one);

/** Pixels of the window for one of the page's: a projector's page is enlarged. @param {Element} one */
const enlarged = (one) => /** @type {{currentCSSZoom?: number}} */ (one).currentCSSZoom ?? 1;

/** Another size, with what is at (x, y) of the window staying there.
 * @param {HTMLElement} one @param {number} by @param {number} [x] @param {number} [y] */
function zoom(one, by, x, y) {
  const box = one.getBoundingClientRect();
  const away = [(x ?? box.left + box.width / 2) - box.left, (y ?? box.top + box.height / 2) - box.top];
  const [atX, atY] = away.map((pixels) => pixels / enlarged(one));
  const before = scaleOf(one);
  const after = Math.min(LARGEST, Math.max(SMALLEST, before * by));
  const [left, top] = [(one.scrollLeft + atX) / before, (one.scrollTop + atY) / before];
  resize(one, after);
  one.scrollTo({ left: left * after - atX, top: top * after - atY, behavior: "instant" });
}

/** The whole, however small. @param {HTMLElement} one */
function fit(one) {
  const svg = one.querySelector("svg");
  svg?.style.removeProperty("width");
  svg?.style.setProperty("--legible", "0");
}

/** @param {MouseEvent} event */
function pressed(event) {
  const button = event.target instanceof Element ? event.target.closest("[data-zoom]") : null;
  const one = view();
  if (button instanceof HTMLElement && one) command(one, button.dataset.zoom ?? "");
}

/** @param {HTMLElement} one @param {string} what */
function command(one, what) {
  if (what === "fit") fit(one);
  else zoom(one, what === "in" ? 1.25 : 0.8);
}

/** @param {KeyboardEvent} event */
function typed(event) {
  const one = event.target instanceof HTMLElement ? event.target.closest(".graph-view") : null;
  if (!(one instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return;
  const what = { "+": "in", "=": "in", "-": "out", "0": "fit" }[event.key];
  if (what) {
    command(one, what);
  } else if (!move(one, event.key)) return;
  event.preventDefault();
  event.stopPropagation();
}

/** Arrows move what is larger than its frame. @param {HTMLElement} one @param {string} key */
function move(one, key) {
  const [x, y] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key] ?? [0, 0];
  const roomy = (x && one.scrollWidth > one.clientWidth + 1) || (y && one.scrollHeight > one.clientHeight + 1);
  if (!roomy) return false;
  one.scrollBy({ left: 60 * x, top: 60 * y, behavior: "instant" });
  return true;
}

/** @param {WheelEvent} event */
function turned(event) {
  const one = event.target instanceof Element ? event.target.closest(".graph-view") : null;
  if (!(one instanceof HTMLElement) || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  zoom(one, Math.exp(-event.deltaY / 300), event.clientX, event.clientY);
}

/** Fingers and mice that hold the drawing. @type {Map<number, {x: number, y: number}>} */
const held = new Map();

/** @param {PointerEvent} event */
function grabbed(event) {
  const one = event.target instanceof Element ? event.target.closest(".graph-view") : null;
  if (!(one instanceof HTMLElement) || event.button !== 0) return;
  held.set(event.pointerId, { x: event.clientX, y: event.clientY });
  if (held.size > 1) return;
  const drag = (/** @type {PointerEvent} */ move) => dragged(one, move);
  const drop = (/** @type {PointerEvent} */ end) => {
    held.delete(end.pointerId);
    if (held.size > 0) return;
    one.classList.remove("grabbed");
    for (const name of ["pointerup", "pointercancel"]) removeEventListener(name, /** @type {EventListener} */ (drop));
    removeEventListener("pointermove", drag);
  };
  addEventListener("pointermove", drag);
  for (const name of ["pointerup", "pointercancel"]) addEventListener(name, /** @type {EventListener} */ (drop));
}

/** One pointer moves the drawing (a finger scrolls by itself), two change its size.
 * @param {HTMLElement} one @param {PointerEvent} event */
function dragged(one, event) {
  const last = held.get(event.pointerId);
  if (!last) return;
  const next = { x: event.clientX, y: event.clientY };
  if (held.size === 2) {
    const [other] = [...held].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    const far = (/** @type {{x: number, y: number}} */ at) => Math.hypot(at.x - other.x, at.y - other.y);
    zoom(one, far(next) / Math.max(1, far(last)), (next.x + other.x) / 2, (next.y + other.y) / 2);
  } else if (event.pointerType !== "touch") {
    one.classList.add("grabbed");
    const [left, top] = [last.x - next.x, last.y - next.y].map((pixels) => pixels / enlarged(one));
    one.scrollBy({ left, top, behavior: "instant" });
  }
  held.set(event.pointerId, next);
}

/** After a move of the telling: what is folded away is asked for, what is outside comes into view. */
function followStep() {
  const known = document.querySelector(".graph-view .now-row");
  const panel = document.getElementById("graph");
  const waits = panel?.dataset.later !== undefined && place() !== null;
  window.clearTimeout(unfolding);
  if (!known && waits && panel?.querySelector(".fold")) unfolding = window.setTimeout(loadGraph, PAUSE);
  else follow();
}

/** Scroll the drawing, not the page, so that the current node is well inside. */
const follow = whenPlaced(
  () => {
    const nodes = [...document.querySelectorAll(".graph-view .node:is(.now-row, .source)")];
    return nodes.length > 0 ? [...document.querySelectorAll(".graph-view"), ...nodes] : [];
  },
  (places) => {
    for (const [one, frame] of places) {
      const told = [...places].filter(([node]) => node !== one && one.contains(node)).slice(0, 3);
      const [, first] = told.find(([node]) => node.classList.contains("now-row")) ?? told[0] ?? [];
      if (!first || !frame.width) continue;
      const inside = (/** @type {DOMRectReadOnly} */ box) =>
        box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;
      if (told.every(([, box]) => inside(box))) continue;
      one.scrollBy({
        left: (first.left + first.right) / 2 - (frame.left + frame.right) / 2,
        top: (first.top + first.bottom) / 2 - (frame.top + frame.bottom) / 2,
        behavior: "instant",
      });
    }
  },
);
