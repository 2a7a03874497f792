// Live update: while the reader types or moves a slider, the page is fetched again and morphed into the
// one that is shown.
import { forget, formQuery, headersFor, request } from "../shared/address.js";
import { byId } from "../shared/dom.js";
import { placeCaret } from "./caret.js";
import { exchange, showFailure } from "./exchange.js";
import { refresh } from "./refresh.js";
import { freezeAddress, go, keepPlace, place } from "./stepper.js";
import { dropDraft, finishDraft, record, storedQuery } from "./visits.js";
import { startWaiting } from "../shared/slow_server.js";

const PAUSE = 150; // milliseconds without typing before a request
const REST = 700; // milliseconds without a key before a slider moved by keys counts as let go

/** @type {AbortController | undefined} */
let pending;
/** @type {number | undefined} */
let timer;
/** Whether a request for a slider's value is under way; whether a newer value is waiting. */
let [sliding, waiting] = [false, false];
/** Whether the slider is being moved by keys. */
let byKey = false;
/** The query of the trace that is shown. */
let shown = new URLSearchParams();
/** Repeats the request that failed. @type {(() => void) | undefined} */
let retry;

const form = /** @type {HTMLFormElement} */ (byId("ask"));
const text = /** @type {HTMLTextAreaElement} */ (byId("f"));

/** @typedef {import("./visits.js").History} History */

export function start() {
  if (document.querySelector("#result .ledger")) shown = formQuery(form);
  form.addEventListener("input", (event) => (isSlider(event) ? slideSoon() : updateLater()));
  form.addEventListener("change", onChange);
  form.addEventListener("keydown", () => (byKey = true));
  form.addEventListener("pointerdown", () => (byKey = false));
  form.addEventListener("submit", (event) => {
    if (event.submitter?.hasAttribute("formaction")) return; // downloads a file
    event.preventDefault();
    update("push").then(placeCaret);
  });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  document.addEventListener("click", onClick);
  window.addEventListener("popstate", onReturn);
  window.addEventListener("online", () => retry?.());
  if (storedQuery()) onReturn();
}

/** After back, forward, or a reload of a state that is too long for an address. */
function onReturn() {
  dropDraft();
  freezeAddress(true);
  const pairs = storedQuery();
  if (!pairs) return visit(location.href, "none");
  forget();
  void load((signal) => request("/", pairs, signal), "none", location.href);
}

/** @param {Event} event */
function isSlider(event) {
  return event.target instanceof HTMLInputElement && event.target.type === "range";
}

/** A field was left, or a slider was let go. Moved by keys, a slider reports a change at every press;
 * it counts as let go when no more keys follow. @param {Event} event */
function onChange(event) {
  if (!isSlider(event)) return update("push");
  clearTimeout(timer);
  if (byKey) timer = window.setTimeout(onSliderRest, REST);
  else onSliderRest();
}

/** What a slider shows when it is let go is a finished state, with an entry in the history. */
function onSliderRest() {
  if (sliding || waiting) timer = window.setTimeout(onSliderRest, 50);
  else if (formQuery(form).toString() === shown.toString()) finishDraft();
  else update("push");
}

/** Links to another state of this page are followed without leaving the page. @param {MouseEvent} event */
function onClick(event) {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link?.closest("#examples, .picks")) return;
  event.preventDefault();
  const menu = link.closest("details");
  menu?.removeAttribute("open");
  menu?.querySelector("summary")?.focus({ preventScroll: true }); // the link is hidden now
  visit(link.href, "push");
}

/** While the reader types, the page updates in the pauses. */
function updateLater() {
  clearTimeout(timer);
  timer = window.setTimeout(() => update("replace"), PAUSE);
}

/** While a slider moves there is one request at a time, for the newest value at the next frame. */
function slideSoon() {
  clearTimeout(timer);
  if (waiting) return;
  waiting = true;
  if (!sliding) requestAnimationFrame(slide);
}

async function slide() {
  [sliding, waiting] = [true, false];
  await update("replace");
  sliding = false;
  if (waiting) requestAnimationFrame(slide);
}

/** Fetch the page for the form's state. @param {History} history */
async function update(history) {
  clearTimeout(timer);
  const pairs = formQuery(form);
  const same = sameFunction(pairs);
  const step = place();
  if (same && step !== null) pairs.append("step", String(step));
  const headers = same ? { "X-Adexplain-Part": "numbers" } : undefined;
  await load((signal) => request("/", pairs, signal, headers), history, "", same ? step : undefined);
}

/** Whether only the point differs from what is shown: then the server need not send code and menus again.
 * @param {URLSearchParams} pairs */
function sameFunction(pairs) {
  const [a, b] = [pairs, shown].map((query) => [...query].filter(([name]) => !name.startsWith("at.")));
  return String(a) === String(b);
}

/** Fetch the page at another address. @param {string} address @param {History} history */
async function visit(address, history) {
  clearTimeout(timer);
  forget();
  await load((signal) => fetch(address, { signal, headers: headersFor(new URL(address, location.href).searchParams) }), history, address);
}

/** Fetch a page and show it.
 * @param {(signal: AbortSignal) => Promise<Response>} get @param {History} history
 * @param {string} visited the address that a link led to, which then fills the form; else ""
 * @param {import("./state.js").Place} [step] the step requested, if the trace is of the same function */
async function load(get, history, visited, step) {
  pending?.abort();
  const { signal } = (pending = new AbortController());
  const query = formQuery(form);
  const wait = startWaiting(pending);
  const fail = (/** @type {string} */ message) => {
    retry = () => void load(get, history, visited, step);
    showFailure(message, retry);
  };
  let response, html;
  try {
    response = await get(signal);
    html = await response.text();
  } catch {
    if (!signal.aborted || wait.timedOut) fail("The server does not answer.");
    return;
  } finally {
    wait.end();
  }
  if (signal.aborted) return;
  const fresh = new DOMParser().parseFromString(html, "text/html");
  if (!fresh.getElementById("problem")) return fail("The server's answer could not be read.");
  retry = undefined;
  const good = response.ok && !response.headers.has("X-Adexplain-Refused");
  const current = place();
  // With another mode or seed, the same function keeps its place in the sweep.
  if (!visited && step === undefined && query.get("f") === shown.get("f")) keepPlace();
  exchange(fresh, good, Boolean(visited));
  if (good) shown = visited ? formQuery(form) : query;
  if (visited || good) freezeAddress(false);
  record(fresh.getElementById("result")?.dataset.address, good ? history : "none", query);
  refresh(document);
  // The reader may have stepped on while the request was under way.
  if (step !== undefined && good && current !== step) go(current);
}
