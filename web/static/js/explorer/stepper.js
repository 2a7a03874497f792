// Stepping: one place in the trace, shown by table, graph, code, timeline and card alike.
import { renewCards, showCard } from "./cards.js";
import { whenIdle, whenPlaced } from "../shared/layout_timing.js";
import { carriedOver, mark, readPlace, touched, withStep } from "./state.js";
import { paintTimeline, readSweeps } from "./timeline.js";

/** @typedef {import("./state.js").Place} Place */
/** @typedef {import("./state.js").Sweep} Sweep */

/** @type {Place} */
let step = null;
let total = 0;
let limit = 0; // the last step, or the first that is covered until it is predicted
/** @type {Sweep[]} */
let sweeps = [];
/** @type {Map<number, Element[]>} What each step computes, and what leaves when it comes. */
let byStep = new Map();
/** @type {Map<string, Element[]>} What belongs to each row. */
let byRow = new Map();
/** @type {Element[]} What is marked as the current row or as its source. */
let marked = [];
let keeps = false;
let elsewhere = false;
let [noting, noted] = [0, 0];

/** @type {Set<number>} Steps whose look is still that of an earlier place. */
const stale = new Set();
let painting = 0;

const OFTEN = 100; // milliseconds between two changes of the address
const AT_ONCE = 400; // elements painted in one piece of work

/** Where the telling stands. */
export const place = () => step;

/** What a step computes, wherever the page shows it. @param {Place} number @returns {Element[]} */
export const computedAt = (number) => byStep.get(number ?? 0) ?? [];

/** How far the telling can go. */
export const steps = () => limit;

/** The next survey finds the same function: the telling goes on where it stands. */
export function keepPlace() {
  keeps = true;
}

/** Whether the address is that of another page than the one shown: then it takes no step.
 * @param {boolean} is */
export function leaveAddress(is) {
  elsewhere = is;
  window.clearTimeout(noting);
}

/** Look at the page anew: it was just loaded, or parts of it were exchanged. */
export function survey() {
  const timeline = document.getElementById("timeline");
  if (!timeline) {
    [step, total, limit, keeps, sweeps, byStep] = [null, 0, 0, false, [], new Map()];
    document.documentElement.classList.remove("stepping", "telling");
    return;
  }
  const before = sweeps;
  sweeps = readSweeps(timeline);
  total = Number(timeline.dataset.total);
  limit = Number(timeline.dataset.asks ?? total);
  collect();
  renewCards();
  const asked = readPlace(timeline.dataset.step ?? null, total);
  const kept = keeps ? carriedOver(step, before, sweeps) : null;
  keeps = false;
  step = asked;
  paintTimeline(timeline, step, total, sweeps);
  if (step !== null) paintRows();
  if (asked === null && kept !== null) return go(kept);
  showCard(step, limit);
  if (window.parent !== window) keepInView(); // a frame shows only the trace, and may be low
}

/** Parts of the page came late, and others left: what came is marked like the rest.
 * @param {Element[]} came @param {Element[]} left
 * @param {Place} [as] the step that the server has marked them for, if any */
export function join(came, left, as) {
  for (const part of left) forEachEntry(part, (map, key, element) => map.set(key, (map.get(key) ?? []).filter((known) => known !== element)));
  for (const part of came) {
    forEachEntry(part, enter);
    if (as !== step) for (const element of part.querySelectorAll("[data-step]")) paint(element);
  }
  paintRows();
}

function collect() {
  [byRow, byStep] = [new Map(), new Map()];
  stale.clear(); // the server has painted the page
  forEachEntry(document.body, enter);
  marked = [...document.querySelectorAll(".now-row, .source")];
}

/** @type {<Key>(map: Map<Key, Element[]>, key: Key, element: Element) => void} */
function enter(map, key, element) {
  const known = map.get(key);
  if (known) known.push(element);
  else map.set(key, [element]);
}

/** What belongs to a row or to a step, in a part of the page and the part itself.
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
  const timeline = document.getElementById("timeline");
  if (timeline) paintTimeline(timeline, step, total, sweeps);
  showCard(step, limit);
  noteSoon();
  const result = document.getElementById("result");
  if (result?.dataset.address) result.dataset.address = withStep(result.dataset.address, step);
  document.dispatchEvent(new CustomEvent("adexplain:step", { detail: { step, total } }));
}

/** The step goes into the address: at once, or soon where steps follow each other fast, since
 * browsers refuse a flood of changes. */
function note() {
  const wait = noted + OFTEN - performance.now();
  window.clearTimeout(noting);
  if (elsewhere) return;
  if (wait > 0) {
    noting = window.setTimeout(noteSoon, wait);
    return;
  }
  noted = performance.now();
  // The whole address: the opening page has none of its own, and that in a frame is the explorer's.
  const framed = document.documentElement.classList.contains("embed");
  const address = framed ? undefined : document.getElementById("result")?.dataset.address;
  const whole = address?.replace(/^[^?]*/, "") ?? location.search;
  window.history.replaceState(window.history.state, "", location.pathname + withStep(whole, step));
}

const noteSoon = whenIdle(note);

/** Give the steps that a move touched their new look, the nearest first: those of a leap are many,
 * and a frame comes between. */
function paintStale() {
  window.clearTimeout(painting);
  const far = (/** @type {number} */ number) => Math.abs(number - (step ?? 0));
  let painted = 0;
  for (const number of [...stale].sort((a, b) => far(a) - far(b))) {
    if (painted > AT_ONCE) {
      painting = window.setTimeout(paintStale);
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

/** The row of the current step, and the rows it reads. */
function paintRows() {
  for (const element of marked) {
    element.classList.remove("now-row", "source");
    element.removeAttribute("aria-current");
  }
  marked = [];
  let name, from;
  for (const element of step ? computedAt(step) : []) {
    if (element.classList.contains("stage")) continue; // belongs to a whole sweep
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

/** A link to a step leads to its sentence, where the input is too tall to leave it in sight. */
export function arrive() {
  const card = document.getElementById("step");
  if (step && card && window.scrollY === 0 && card.getBoundingClientRect().top > innerHeight * 0.6) {
    card.scrollIntoView({ block: "start", behavior: "instant" });
  }
}

/** Scroll only where the row is out of sight; then far enough to see the next ones as well. */
export const keepInView = whenPlaced(
  () => {
    const row = document.querySelector("tbody.now-row");
    const around = ["timeline", "step"].map((name) => document.getElementById(name));
    return row ? [row, ...around].filter((element) => element !== null) : [];
  },
  (places) => {
    const at = (/** @type {string} */ selector) => [...places].find(([element]) => element.matches(selector))?.[1];
    const [row, bar, card] = ["tbody", "#timeline", "#step"].map(at);
    if (!row) return;
    const fixed = bar && bar.top > innerHeight / 2;
    // The card stays in sight as well: above the table, unless it stands beside it.
    const above = card && card.left < row.left + 9 ? card.height : 0;
    const high = above + (fixed || !bar ? 0 : bar.height);
    const low = fixed ? bar.top : innerHeight;
    if (row.top >= high && row.bottom <= low) return;
    const beyond = (low - high) / 3;
    window.scrollBy({ top: row.top < high ? row.top - high - beyond : row.bottom - low + beyond, behavior: "instant" });
  },
);
