// The graph: a large one is fetched after the trace. It zooms, scrolls in its frame and follows the steps.
import { formQuery, request, shape, TALL } from "../shared/address.js";
import { byId } from "../shared/dom.js";
import { whenPlaced } from "../shared/layout_timing.js";
import { relight } from "./select.js";
import { exchangeParts, place } from "./stepper.js";

const [SMALLEST, LARGEST] = [0.2, 4];
const PAUSE = 200; // milliseconds that an input has to rest, such as a dragged slider, before a request

/** @type {AbortController | undefined} */
let pending;
/** What the drawing on the page was requested for. */
let shown = "";
let timer = 0;

export function start() {
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKeyDown, true); // captured, so that it comes before the keys that step
  document.addEventListener("wheel", onWheel, { passive: false });
  document.addEventListener("pointerdown", onPointerDown);
  document.addEventListener("adexplain:step", followStep);
  TALL.addEventListener("change", () => void loadGraph());
}

/** Fetch the graph if the page came without it, or with another shape than the screen needs. */
export async function loadGraph() {
  fitAll(document);
  const panel = byId("graph");
  const body = byId("graph-body");
  if (!panel || !body) return;
  const wanted = shape();
  const drawn = body.querySelector(".graph-view");
  if (panel.dataset.later === undefined && (!drawn || body.querySelector(`.graph-view.${wanted}`))) return;
  if (byId("result")?.hasAttribute("data-old")) return;
  const pairs = formQuery();
  const step = place(); // not the address's, which may lag behind
  if (step !== null) pairs.set("step", String(step));
  pairs.set("shape", wanted);
  const wantedFor = `${pairs} ${byId("step")?.dataset.revealed}`;
  if (wantedFor === shown && body.querySelector("svg")) return;
  pending?.abort();
  const { signal } = (pending = new AbortController());
  body.setAttribute("aria-busy", "true");
  try {
    if (shown) await new Promise((resolve) => setTimeout(resolve, PAUSE));
    if (signal.aborted) return;
    const response = await request("/graph", pairs, signal);
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    fitAll(fresh);
    await new Promise((resolve) => setTimeout(resolve)); // lets a frame come between parsing and inserting
    if (signal.aborted || !body.isConnected) return;
    const old = place() === null ? currentView()?.scrollLeft : undefined; // at a step, `follow` scrolls
    const left = [...body.children];
    body.replaceChildren(...(fresh.getElementById("graph-body")?.childNodes ?? []));
    shown = response.ok ? wantedFor : "";
    if (old) currentView()?.scrollTo({ left: old, behavior: "instant" });
    exchangeParts([...body.children], left, step);
    follow();
    relight();
  } catch {
    if (!signal.aborted) showMessage(body, "The graph did not arrive.");
  } finally {
    if (!signal.aborted) body.removeAttribute("aria-busy");
  }
}

/** @param {Element} body @param {string} sentence */
function showMessage(body, sentence) {
  const line = document.createElement("p");
  line.className = "waiting";
  line.textContent = sentence;
  body.replaceChildren(line);
}

/** The frame of the drawing that is displayed: the wide or the tall one. @returns {HTMLElement | null} */
function currentView() {
  const all = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".graph-view"));
  return [...all].find((view) => view.offsetParent !== null) ?? null;
}

/** @param {HTMLElement} view @returns {number} The width it is drawn for. */
const natural = (view) => view.querySelector("svg")?.viewBox.baseVal.width ?? 1;

/** Show the zoom buttons, and give graph.css the sizes by which it fits a drawing. @param {ParentNode} root */
function fitAll(root) {
  for (const tools of root.querySelectorAll(".graph-tools")) tools.removeAttribute("hidden");
  for (const svg of /** @type {NodeListOf<SVGSVGElement>} */ (root.querySelectorAll(".graph-view svg:not(.fitted)"))) {
    svg.classList.add("fitted");
    const { width, height } = svg.viewBox.baseVal;
    svg.style.setProperty("--wide", String(width));
    svg.style.setProperty("--tall", String(height));
  }
}

/** @param {HTMLElement} view @param {number} scale */
function resize(view, scale) {
  const svg = view.querySelector("svg");
  if (!svg) return;
  svg.style.setProperty("width", `${natural(view) * scale}px`);
}

/** @param {HTMLElement} view */
const scaleOf = (view) => (view.querySelector("svg")?.clientWidth ?? 1) / natural(view);

/** Window pixels for a pixel of the page, which is enlarged in the projector view. @param {Element} view */
const enlarged = (view) => /** @type {{currentCSSZoom?: number}} */ (view).currentCSSZoom ?? 1;

/** Change the size by a factor; what is at (x, y) of the window stays there.
 * @param {HTMLElement} view @param {number} by @param {number} [x] @param {number} [y] */
function zoom(view, by, x, y) {
  const box = view.getBoundingClientRect();
  const away = [(x ?? box.left + box.width / 2) - box.left, (y ?? box.top + box.height / 2) - box.top];
  const [atX, atY] = away.map((pixels) => pixels / enlarged(view));
  const before = scaleOf(view);
  const after = Math.min(LARGEST, Math.max(SMALLEST, before * by));
  const [left, top] = [(view.scrollLeft + atX) / before, (view.scrollTop + atY) / before];
  resize(view, after);
  view.scrollTo({ left: left * after - atX, top: top * after - atY, behavior: "instant" });
}

/** Show the whole graph, however small. @param {HTMLElement} view */
function fit(view) {
  const svg = view.querySelector("svg");
  svg?.style.removeProperty("width");
  svg?.style.setProperty("--legible", "0");
}

/** @param {MouseEvent} event */
function onClick(event) {
  const button = event.target instanceof Element ? event.target.closest("[data-zoom]") : null;
  const view = currentView();
  if (button instanceof HTMLElement && view) command(view, button.dataset.zoom ?? "");
}

/** @param {HTMLElement} view @param {string} what */
function command(view, what) {
  if (what === "fit") fit(view);
  else zoom(view, what === "in" ? 1.25 : 0.8);
}

/** @param {KeyboardEvent} event */
function onKeyDown(event) {
  const view = event.target instanceof HTMLElement ? event.target.closest(".graph-view") : null;
  if (!(view instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return;
  const what = { "+": "in", "=": "in", "-": "out", "0": "fit" }[event.key];
  if (what) {
    command(view, what);
  } else if (!move(view, event.key)) return;
  event.preventDefault();
  event.stopPropagation();
}

/** Scroll a drawing that is larger than its frame; false if the key does not. @param {HTMLElement} view @param {string} key */
function move(view, key) {
  const [x, y] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key] ?? [0, 0];
  const roomy = (x && view.scrollWidth > view.clientWidth + 1) || (y && view.scrollHeight > view.clientHeight + 1);
  if (!roomy) return false;
  view.scrollBy({ left: 60 * x, top: 60 * y, behavior: "instant" });
  return true;
}

/** @param {WheelEvent} event */
function onWheel(event) {
  const view = event.target instanceof Element ? event.target.closest(".graph-view") : null;
  if (!(view instanceof HTMLElement) || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  zoom(view, Math.exp(-event.deltaY / 300), event.clientX, event.clientY);
}

/** Where the pointers that hold the drawing are, by their ids. @type {Map<number, {x: number, y: number}>} */
const held = new Map();

/** @param {PointerEvent} event */
function onPointerDown(event) {
  const view = event.target instanceof Element ? event.target.closest(".graph-view") : null;
  if (!(view instanceof HTMLElement) || event.button !== 0) return;
  held.set(event.pointerId, { x: event.clientX, y: event.clientY });
  if (held.size > 1) return;
  const drag = (/** @type {PointerEvent} */ move) => onDrag(view, move);
  const drop = (/** @type {PointerEvent} */ end) => {
    held.delete(end.pointerId);
    if (held.size > 0) return;
    view.classList.remove("grabbed");
    for (const name of ["pointerup", "pointercancel"]) removeEventListener(name, /** @type {EventListener} */ (drop));
    removeEventListener("pointermove", drag);
  };
  addEventListener("pointermove", drag);
  for (const name of ["pointerup", "pointercancel"]) addEventListener(name, /** @type {EventListener} */ (drop));
}

/** One pointer moves the drawing (for a finger the browser does it), two change its size.
 * @param {HTMLElement} view @param {PointerEvent} event */
function onDrag(view, event) {
  const last = held.get(event.pointerId);
  if (!last) return;
  const next = { x: event.clientX, y: event.clientY };
  if (held.size === 2) {
    const [other] = [...held].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    const far = (/** @type {{x: number, y: number}} */ at) => Math.hypot(at.x - other.x, at.y - other.y);
    zoom(view, far(next) / Math.max(1, far(last)), (next.x + other.x) / 2, (next.y + other.y) / 2);
  } else if (event.pointerType !== "touch") {
    view.classList.add("grabbed");
    const [left, top] = [last.x - next.x, last.y - next.y].map((pixels) => pixels / enlarged(view));
    view.scrollBy({ left, top, behavior: "instant" });
  }
  held.set(event.pointerId, next);
}

/** After a step: fetch the graph again if the step's node is in a folded part, else scroll to it. */
function followStep() {
  const drawn = document.querySelector(".graph-view .now-row");
  const panel = byId("graph");
  const waits = panel?.dataset.later !== undefined && place() !== null;
  window.clearTimeout(timer);
  if (!drawn && waits && panel?.querySelector(".fold")) timer = window.setTimeout(loadGraph, PAUSE);
  else follow();
}

/** Scroll the drawing, not the page, until the current node and its sources are visible. */
const follow = whenPlaced(
  () => {
    const nodes = [...document.querySelectorAll(".graph-view .node:is(.now-row, .source)")];
    return nodes.length > 0 ? [...document.querySelectorAll(".graph-view"), ...nodes] : [];
  },
  (places) => {
    for (const [view, frame] of places) {
      const current = [...places].filter(([node]) => node !== view && view.contains(node)).slice(0, 3);
      const [, first] = current.find(([node]) => node.classList.contains("now-row")) ?? current[0] ?? [];
      if (!first || !frame.width) continue;
      const inside = (/** @type {DOMRectReadOnly} */ box) =>
        box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;
      if (current.every(([, box]) => inside(box))) continue;
      view.scrollBy({
        left: (first.left + first.right) / 2 - (frame.left + frame.right) / 2,
        top: (first.top + first.bottom) / 2 - (frame.top + frame.bottom) / 2,
        behavior: "instant",
      });
    }
  },
);
