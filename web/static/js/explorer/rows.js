// A long trace is here in parts: gaps open, stepping brings the lines it reaches, far ones leave.
import { ask, question } from "../shared/address.js";
import { whenIdle } from "../shared/layout_timing.js";
import { offerScrolling } from "../shared/overflow.js";
import { computedAt, join, keepInView, place } from "./stepper.js";

const AT_ONCE = 50; // lines that a gap opens at once; server/windows.py has the same number
const AHEAD = 12; // lines from a gap at which stepping asks for those beyond
const REACHED = 20; // lines that stepping asks for at once: more would hold up a frame
const MOST = 100; // lines that are kept
const REST = 120; // milliseconds without a leap before the lines around its end are asked for

/** @type {AbortController | undefined} */
let pending;
let before = 0; // the step before this one: the neighbours that will be next are on the other side

let listens = false;

/** What the gaps need after the page or a part of it is new. @param {ParentNode} root */
export function offerLines(root) {
  if (!listens) {
    document.addEventListener("click", opened);
    document.addEventListener("adexplain:step", moved);
    listens = true;
  }
  for (const button of root.querySelectorAll(".gap button.more")) button.removeAttribute("hidden");
}

/** The lines of the table that are here, in order. @returns {HTMLElement[]} */
function here() {
  return [...document.querySelectorAll(".ledger > tbody[data-line]")].filter((line) => line instanceof HTMLElement);
}

/** @param {HTMLElement} line */
const number = (line) => Number(line.dataset.line);

/** @param {MouseEvent} event */
function opened(event) {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const more = event.target instanceof Element ? event.target.closest(".gap .more") : null;
  const gap = /** @type {HTMLElement | null} */ (more?.closest(".gap") ?? null);
  if (!gap) return;
  event.preventDefault();
  const first = Number(gap.dataset.first);
  void bring(first, Math.min(Number(gap.dataset.last), first + AT_ONCE - 1), first).then(() => {
    // The pressed link is gone or has moved on: go on reading where it stood.
    const line = document.getElementById(`line-${first}`);
    line?.setAttribute("tabindex", "-1");
    line?.focus({ preventScroll: true });
  });
}

let resting = false;
let moves = 0;
let last = 0; // the step that was told before

/** The telling moved. By a step: what comes next is asked for. By a leap: most likely another one
 * follows, along the line of steps. */
function moved() {
  const step = place() ?? 0;
  const leap = Math.abs(step - last) > 1;
  last = step;
  const mine = (moves += 1);
  resting = leap;
  if (!leap) return reachSoon();
  const rested = () => {
    if (mine !== moves) return;
    resting = false;
    reach();
  };
  // Where frames are slow, the next leap may come with the next one.
  window.setTimeout(() => requestAnimationFrame(() => window.setTimeout(rested)), REST);
}

const reachSoon = whenIdle(reach);

/** The line that is told and the next ones should be here. */
function reach() {
  const step = place();
  const gaps = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".ledger > .gap"));
  if (!step || gaps.length === 0) return;
  const cell = computedAt(step).find((element) => element.closest("tbody[data-line]"));
  const line = /** @type {HTMLElement | null | undefined} */ (cell?.closest("tbody[data-line]"));
  if (!line) return void ensureStep(step);
  const at = number(line);
  const downward = cell?.matches(".c-value, .c-tangent") ? 1 : -1;
  const down = (step > before ? 1 : -1) * downward > 0; // the adjoint sweep goes up
  before = step;
  for (const { dataset } of gaps) {
    const [first, last] = [Number(dataset.first), Number(dataset.last)];
    if (down && first > at && first <= at + AHEAD) return void bring(first, Math.min(last, first + REACHED - 1), at);
    if (!down && last < at && last >= at - AHEAD) return void bring(Math.max(first, last - REACHED + 1), last, at);
  }
}

/** Bring the line that a step computes, and those around it. @param {number} step */
export async function ensureStep(step) {
  await fetchLines({ step: String(step) }, undefined);
}

/** Bring some lines. @param {number} first @param {number} last @param {number} at where the reader is */
async function bring(first, last, at) {
  await fetchLines({ rows: `${first}-${last}` }, at);
}

/** One question at a time: where the telling went on meanwhile, its place is looked at afterwards.
 * @param {Record<string, string>} wanted @param {number | undefined} at */
async function fetchLines(wanted, at) {
  if (pending) return;
  const pairs = question(form());
  const asked = String(pairs);
  for (const [name, value] of Object.entries(wanted)) pairs.set(name, value);
  pending = new AbortController();
  const step = place();
  let came = false;
  try {
    const response = await ask("/rows", pairs, pending.signal);
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    // Another function, or another point: these lines belong to a page that is gone.
    came = response.ok && asked === String(question(form()));
    // Reading them and putting them in are two pieces of work: a frame may come between.
    await new Promise((resolve) => window.setTimeout(resolve));
    if (came) put(/** @type {HTMLElement[]} */ ([...fresh.querySelectorAll("tbody[data-line]")]), at);
  } catch {
    // The gap stays, and says what is not shown.
  } finally {
    pending = undefined;
  }
  if (came && place() !== step && !resting) reach();
}

function form() {
  return /** @type {HTMLFormElement} */ (document.getElementById("ask"));
}

/** Put lines into the table, let far ones go, and close what gaps are full.
 * @param {HTMLElement[]} fresh in order @param {number | undefined} at */
function put(fresh, at) {
  const ledger = document.querySelector(".ledger");
  if (!ledger || fresh.length === 0) return;
  const old = here();
  let k = 0;
  for (const line of fresh) {
    while (k < old.length && number(old[k]) < number(line)) k += 1;
    if (k < old.length && number(old[k]) === number(line)) continue;
    ledger.insertBefore(line, old[k] ?? null);
  }
  const left = letGo(at ?? number(fresh[fresh.length >> 1]));
  mendGaps(ledger);
  offerScrolling();
  const told = document.querySelector("tbody.now-row");
  join(fresh.filter((line) => line.isConnected), left);
  if (document.querySelector("tbody.now-row") !== told) keepInView();
}

/** Far lines leave, but for the ends of the trace. @param {number} at @returns {HTMLElement[]} */
function letGo(at) {
  const all = here();
  const ends = new Set([...all.slice(0, 20), ...all.slice(-20)]);
  const far = all.filter((line) => !ends.has(line)).sort((a, b) => Math.abs(number(b) - at) - Math.abs(number(a) - at));
  const left = far.slice(0, Math.max(0, all.length - MOST));
  for (const line of left) line.remove();
  return left;
}

/** A gap wherever lines are missing, and nowhere else. @param {Element} ledger */
function mendGaps(ledger) {
  const gaps = /** @type {HTMLElement[]} */ ([...ledger.querySelectorAll(":scope > .gap")]);
  const pattern = gaps[0];
  if (!pattern) return;
  let used = 0;
  let before = 0;
  for (const line of here()) {
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

/** @param {HTMLElement} gap @param {number} first @param {number} last */
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
