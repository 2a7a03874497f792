// A long trace is on the page in parts, with gaps between. Gaps open on request, stepping fetches the lines
// it reaches, and lines far from the current one are removed.
import { formQuery, request } from "../shared/address.js";
import { whenIdle } from "../shared/layout_timing.js";
import { offerScrolling } from "../shared/overflow.js";
import { computedAt, exchangeParts, keepInView, place } from "./stepper.js";

const AT_ONCE = 50; // lines that a gap opens at once; server/html/windows.py has the same number
const AHEAD = 12; // distance to a gap, in lines, at which stepping fetches the lines beyond
const BATCH = 20; // lines that stepping fetches at once: more would hold up a frame
const MOST = 100; // lines that stay on the page
const REST = 120; // milliseconds without a leap before the lines around its end are fetched

/** @type {AbortController | undefined} */
let pending;
let before = 0; // the step at the last look for lines; it tells in which direction the reader steps

let listens = false;

/** Show the buttons of gaps; to be called after the page, or a part of it, is new. @param {ParentNode} root */
export function showGapButtons(root) {
  if (!listens) {
    document.addEventListener("click", onClick);
    document.addEventListener("adexplain:step", onStep);
    listens = true;
  }
  for (const button of root.querySelectorAll(".gap button.more")) button.removeAttribute("hidden");
}

/** The lines of the table that are on the page, in order. @returns {HTMLElement[]} */
function presentLines() {
  return [...document.querySelectorAll(".ledger > tbody[data-line]")].filter((line) => line instanceof HTMLElement);
}

/** @param {HTMLElement} line */
const number = (line) => Number(line.dataset.line);

/** @param {MouseEvent} event */
function onClick(event) {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const more = event.target instanceof Element ? event.target.closest(".gap .more") : null;
  const gap = /** @type {HTMLElement | null} */ (more?.closest(".gap") ?? null);
  if (!gap) return;
  event.preventDefault();
  const first = Number(gap.dataset.first);
  void fetchRange(first, Math.min(Number(gap.dataset.last), first + AT_ONCE - 1), first).then(() => {
    // The button has moved or is gone; the focus goes to the first line that came.
    const line = document.getElementById(`line-${first}`);
    line?.setAttribute("tabindex", "-1");
    line?.focus({ preventScroll: true });
  });
}

let leaping = false; // whether a leap may be followed by another one
let moves = 0;
let last = 0; // the step before this one

/** After a single step, fetch the lines ahead. After a leap, wait: during a drag along the timeline
 * another one follows. */
function onStep() {
  const step = place() ?? 0;
  const leap = Math.abs(step - last) > 1;
  last = step;
  const move = (moves += 1);
  leaping = leap;
  if (!leap) return fetchWhenIdle();
  const settle = () => {
    if (move !== moves) return;
    leaping = false;
    fetchAround();
  };
  // When frames are slow, the next leap may come as late as the next frame.
  window.setTimeout(() => requestAnimationFrame(() => window.setTimeout(settle)), REST);
}

const fetchWhenIdle = whenIdle(fetchAround);

/** Fetch the current line, or the lines ahead of it, if they are in a gap. */
function fetchAround() {
  const step = place();
  const gaps = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".ledger > .gap"));
  if (!step || gaps.length === 0) return;
  const cell = computedAt(step).find((element) => element.closest("tbody[data-line]"));
  const line = /** @type {HTMLElement | null | undefined} */ (cell?.closest("tbody[data-line]"));
  if (!line) return void ensureStep(step);
  const at = number(line);
  const downward = cell?.matches(".c-value, .c-tangent") ? 1 : -1;
  const down = (step > before ? 1 : -1) * downward > 0; // the adjoint sweep goes up the table
  before = step;
  for (const { dataset } of gaps) {
    const [first, last] = [Number(dataset.first), Number(dataset.last)];
    if (down && first > at && first <= at + AHEAD) return void fetchRange(first, Math.min(last, first + BATCH - 1), at);
    if (!down && last < at && last >= at - AHEAD) return void fetchRange(Math.max(first, last - BATCH + 1), last, at);
  }
}

/** Fetch the line that a step computes, and those around it. @param {number} step */
export async function ensureStep(step) {
  await fetchLines({ step: String(step) }, undefined);
}

/** Fetch some lines. @param {number} first @param {number} last @param {number} at the line the reader is at */
async function fetchRange(first, last, at) {
  await fetchLines({ rows: `${first}-${last}` }, at);
}

/** One request at a time. If the reader has stepped on meanwhile, the lines there are fetched next.
 * @param {Record<string, string>} wanted @param {number | undefined} at */
async function fetchLines(wanted, at) {
  if (pending) return;
  const pairs = formQuery();
  const query = String(pairs);
  for (const [name, value] of Object.entries(wanted)) pairs.set(name, value);
  pending = new AbortController();
  const step = place();
  let came = false;
  try {
    const response = await request("/rows", pairs, pending.signal);
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    // If the function or the point has changed, these lines belong to a trace that is gone.
    came = response.ok && query === String(formQuery());
    // Lets a frame come between parsing and inserting.
    await new Promise((resolve) => window.setTimeout(resolve));
    if (came) insert(/** @type {HTMLElement[]} */ ([...fresh.querySelectorAll("tbody[data-line]")]), at);
  } catch {
    // The gap stays, and says which lines are not shown.
  } finally {
    pending = undefined;
  }
  if (came && place() !== step && !leaping) fetchAround();
}

/** Insert lines into the table, remove far ones, and update the gaps.
 * @param {HTMLElement[]} fresh in order @param {number | undefined} at */
function insert(fresh, at) {
  const ledger = document.querySelector(".ledger");
  if (!ledger || fresh.length === 0) return;
  const old = presentLines();
  let k = 0;
  for (const line of fresh) {
    while (k < old.length && number(old[k]) < number(line)) k += 1;
    if (k < old.length && number(old[k]) === number(line)) continue;
    ledger.insertBefore(line, old[k] ?? null);
  }
  const removed = removeFar(at ?? number(fresh[fresh.length >> 1]));
  updateGaps(ledger);
  offerScrolling();
  const current = document.querySelector("tbody.now-row");
  exchangeParts(fresh.filter((line) => line.isConnected), removed);
  if (document.querySelector("tbody.now-row") !== current) keepInView();
}

/** Remove the lines farthest from `at`, except at the ends of the trace.
 * @param {number} at @returns {HTMLElement[]} the removed lines */
function removeFar(at) {
  const all = presentLines();
  const ends = new Set([...all.slice(0, 20), ...all.slice(-20)]);
  const far = all.filter((line) => !ends.has(line)).sort((a, b) => Math.abs(number(b) - at) - Math.abs(number(a) - at));
  const removed = far.slice(0, Math.max(0, all.length - MOST));
  for (const line of removed) line.remove();
  return removed;
}

/** Put a gap wherever lines are missing, and nowhere else. @param {Element} ledger */
function updateGaps(ledger) {
  const gaps = /** @type {HTMLElement[]} */ ([...ledger.querySelectorAll(":scope > .gap")]);
  const pattern = gaps[0];
  if (!pattern) return;
  let used = 0;
  let before = 0;
  for (const line of presentLines()) {
    const [first, last] = [before + 1, number(line) - 1];
    before = last + 1;
    if (first > last) continue;
    const gap = gaps[used] ?? /** @type {HTMLElement} */ (pattern.cloneNode(true));
    used += 1;
    describe(gap, first, last);
    if (line.previousElementSibling !== gap) ledger.insertBefore(gap, line);
  }
  for (const gap of gaps.slice(used)) gap.remove();
}

/** Set a gap's text and link. @param {HTMLElement} gap @param {number} first @param {number} last */
function describe(gap, first, last) {
  const [from, to, all] = [first, last, Number(gap.dataset.total)].map((line) => line.toLocaleString("en"));
  Object.assign(gap.dataset, { first, last });
  const text = gap.querySelector(".gap-text");
  if (text) text.textContent = `Lines ${from} to ${to} of ${all} are not shown.`;
  const more = gap.querySelector(".more");
  const end = Math.min(last, first + AT_ONCE - 1);
  if (more) more.textContent = `Show ${end - first + 1} more`;
  if (!(more instanceof HTMLAnchorElement)) return;
  const address = new URL(more.href);
  address.searchParams.set("rows", `${first}-${end}`);
  address.hash = `line-${first}`;
  more.href = address.href;
}
