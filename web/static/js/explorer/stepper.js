// Stepping: one current step, shown by table, graph, code, timeline and card alike.
import { byId } from "../shared/dom.js";
import { renewCards, showCard } from "./cards.js";
import { whenIdle, whenPlaced } from "../shared/layout_timing.js";
import { carriedOver, mark, readPlace, touched, withStep } from "./state.js";
import { paintTimeline, readSweeps } from "./timeline.js";

/** @typedef {import("./state.js").Place} Place */
/** @typedef {import("./state.js").Sweep} Sweep */

/** @type {Place} */
let step = null;
let total = 0;
let limit = 0; // the last step that can be shown: the total, or the first covered step
/** @type {Sweep[]} */
let sweeps = [];
/** The elements that each step computes, and those that it replaces. @type {Map<number, Element[]>} */
let byStep = new Map();
/** The elements of each row. @type {Map<string, Element[]>} */
let byRow = new Map();
/** The elements that are marked as the current row or as its source. @type {Element[]} */
let marked = [];
let keeps = false; // whether the next reading of the page keeps the place in the sweep
let frozen = false; // whether steps leave the address alone
let [addressTimer, writtenAt] = [0, 0];

/** Steps whose elements still look as at an earlier step. @type {Set<number>} */
const stale = new Set();
let paintTimer = 0;

const OFTEN = 100; // milliseconds between two changes of the address
const AT_ONCE = 400; // elements painted in one task

/** The current step. */
export const place = () => step;

/** The elements that a step computes, wherever the page shows them. @param {Place} number @returns {Element[]} */
export const computedAt = (number) => byStep.get(number ?? 0) ?? [];

/** The last step that can be shown. */
export const steps = () => limit;

/** The next page shows the same function: keep the position in the sweep. */
export function keepPlace() {
  keeps = true;
}

/** Set whether steps leave the address alone, because it is not that of the page that is shown.
 * @param {boolean} is */
export function freezeAddress(is) {
  frozen = is;
  window.clearTimeout(addressTimer);
}

/** Read the page after it was loaded, or after parts of it were replaced. */
export function readPage() {
  const timeline = byId("timeline");
  if (!timeline) {
    [step, total, limit, keeps, sweeps, byStep] = [null, 0, 0, false, [], new Map()];
    document.documentElement.classList.remove("stepping", "before-end");
    return;
  }
  const before = sweeps;
  sweeps = readSweeps(timeline);
  total = Number(timeline.dataset.total);
  limit = Number(timeline.dataset.coveredStep ?? total);
  collect();
  renewCards();
  const wanted = readPlace(timeline.dataset.step ?? null, total);
  const kept = keeps ? carriedOver(step, before, sweeps) : null;
  keeps = false;
  step = wanted;
  paintTimeline(timeline, step, total, sweeps);
  if (step !== null) paintRows();
  if (wanted === null && kept !== null) return go(kept);
  showCard(step, limit);
  if (window.parent !== window) keepInView(); // a frame may be too low to show the whole trace
}

/** Take in parts that were added to the page, and forget those that were removed.
 * @param {Element[]} added @param {Element[]} removed
 * @param {Place} [as] the step that the server has marked the added ones for, if any */
export function exchangeParts(added, removed, as) {
  for (const part of removed) forEachEntry(part, (map, key, element) => map.set(key, (map.get(key) ?? []).filter((known) => known !== element)));
  for (const part of added) {
    forEachEntry(part, enter);
    marked.push(part, ...part.querySelectorAll(".now-row, .source")); // for the step when it was asked for
    if (as !== step) for (const element of part.querySelectorAll("[data-step]")) paint(element);
  }
  paintRows();
}

function collect() {
  [byRow, byStep] = [new Map(), new Map()];
  stale.clear(); // the server has marked the whole page
  forEachEntry(document.body, enter);
  marked = [...document.querySelectorAll(".now-row, .source")];
}

/** @type {<Key>(map: Map<Key, Element[]>, key: Key, element: Element) => void} */
function enter(map, key, element) {
  const known = map.get(key);
  if (known) known.push(element);
  else map.set(key, [element]);
}

/** Call `handle` for each element of a part, and the part itself, that belongs to a row or a step.
 * @param {Element} part @param {typeof enter} handle */
function forEachEntry(part, handle) {
  for (const element of [part, ...part.querySelectorAll("[data-row], [data-step]")]) {
    const { row, step: first, until } = /** @type {HTMLElement} */ (element).dataset;
    if (row !== undefined) handle(byRow, row, element);
    if (element.id === "timeline") continue;
    for (const number of [first, until]) if (number !== undefined) handle(byStep, Number(number), element);
  }
}

/** Go to a step. @param {Place} next */
export function go(next) {
  const before = step;
  if (next !== null) next = Math.min(next, limit);
  step = next;
  if (before === next) return;
  const [low, high] = touched(before, next, total);
  for (const number of byStep.keys()) if (low <= number && number <= high) stale.add(number);
  paintStale();
  paintRows();
  keepInView();
  const timeline = byId("timeline");
  if (timeline) paintTimeline(timeline, step, total, sweeps);
  showCard(step, limit);
  writeAddressSoon();
  const result = byId("result");
  if (result?.dataset.address) result.dataset.address = withStep(result.dataset.address, step);
  document.dispatchEvent(new CustomEvent("adexplain:step", { detail: { step, total } }));
}

/** Write the step into the address, but not too often: browsers refuse frequent changes. */
function writeAddress() {
  const wait = writtenAt + OFTEN - performance.now();
  window.clearTimeout(addressTimer);
  if (frozen) return;
  if (wait > 0) {
    addressTimer = window.setTimeout(writeAddressSoon, wait);
    return;
  }
  writtenAt = performance.now();
  // With the whole state, since the opening page's address has none. A frame keeps its own query:
  // `data-address` is the explorer's there.
  const framed = document.documentElement.classList.contains("embed");
  const address = framed ? undefined : byId("result")?.dataset.address;
  const whole = address?.replace(/^[^?]*/, "") ?? location.search;
  window.history.replaceState(window.history.state, "", location.pathname + withStep(whole, step));
}

const writeAddressSoon = whenIdle(writeAddress);

/** Update the elements of the stale steps, the nearest first. After a leap they are many, so they are
 * updated in several tasks with frames between. */
function paintStale() {
  window.clearTimeout(paintTimer);
  const far = (/** @type {number} */ number) => Math.abs(number - (step ?? 0));
  let painted = 0;
  for (const number of [...stale].sort((a, b) => far(a) - far(b))) {
    if (painted > AT_ONCE) {
      paintTimer = window.setTimeout(paintStale);
      return;
    }
    stale.delete(number);
    for (const element of computedAt(number)) paint(element);
    painted += computedAt(number).length;
  }
}

/** @param {Element} element */
function paint(element) {
  const { step: number, until } = /** @type {HTMLElement} */ (element).dataset;
  const name = mark(step, Number(number), until === undefined ? undefined : Number(until));
  element.classList.remove("pending", "now", "next", "past");
  if (name) element.classList.add(...name.split(" "));
}

/** Mark the row of the current step and the rows it reads. */
function paintRows() {
  for (const element of marked) {
    element.classList.remove("now-row", "source");
    element.removeAttribute("aria-current");
  }
  marked = [];
  let name, from;
  for (const element of step ? computedAt(step) : []) {
    if (element.classList.contains("stage")) continue; // it appears with its sweep, not with a row
    name ??= /** @type {HTMLElement | null} */ (element.closest("[data-row]"))?.dataset.row;
    from ??= /** @type {HTMLElement} */ (element).dataset.from;
  }
  for (const source of from ? from.split(" ") : []) markRow(source, "source");
  if (name === undefined) return;
  markRow(name, "now-row");
  marked.find((element) => element.matches("tbody.now-row"))?.setAttribute("aria-current", "step");
}

/** @param {string} row @param {"now-row" | "source"} as */
function markRow(row, as) {
  for (const element of byRow.get(row) ?? []) {
    element.classList.add(as);
    marked.push(element);
  }
}

/** After a link to a step, scroll to the step's card if the form above is so tall that it hides it. */
export function scrollToCard() {
  const card = byId("step");
  if (step && card && window.scrollY === 0 && card.getBoundingClientRect().top > innerHeight * 0.6) {
    card.scrollIntoView({ block: "start", behavior: "instant" });
  }
}

/** Scroll if the current row is out of sight, and then far enough to see the next rows as well. */
export const keepInView = whenPlaced(
  () => {
    const row = document.querySelector("tbody.now-row");
    const around = ["timeline", "step"].map((name) => byId(name));
    return row ? [row, ...around].filter((element) => element !== null) : [];
  },
  (places) => {
    const at = (/** @type {string} */ selector) => [...places].find(([element]) => element.matches(selector))?.[1];
    const [row, bar, card] = ["tbody", "#timeline", "#step"].map(at);
    if (!row) return;
    const fixed = bar && bar.top > innerHeight / 2;
    // The sticky card covers the top of the table, unless it is beside it.
    const above = card && card.left < row.left + 9 ? card.height : 0;
    const high = above + (fixed || !bar ? 0 : bar.height);
    const low = fixed ? bar.top : innerHeight;
    if (row.top >= high && row.bottom <= low) return;
    const beyond = (low - high) / 3;
    window.scrollBy({ top: row.top < high ? row.top - high - beyond : row.bottom - low + beyond, behavior: "instant" });
  },
);
