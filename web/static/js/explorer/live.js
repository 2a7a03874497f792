// Live update: while a person types or slides, the same page is fetched and laid over the old one.
import { aboutState, ask, forget, question } from "../shared/address.js";
import { placeCaret } from "./caret.js";
import { exchange, say } from "./exchange.js";
import { refresh } from "./refresh.js";
import { go, keepPlace, leaveAddress, place } from "./stepper.js";
import { kept, left, record, settled } from "./visits.js";
import { patience } from "../shared/slow_server.js";

const PAUSE = 150; // milliseconds of no typing before the server is asked
const REST = 700; // milliseconds of no key before a slider moved by keys has come to rest

/** @type {AbortController | undefined} */
let pending;
/** @type {number | undefined} */
let timer;
/** A slider's question is under way; another value is waiting. */
let [sliding, waiting] = [false, false];
let byKey = false;
/** What was asked for the trace that is shown. */
let shown = new URLSearchParams();
/** Asks once more for what did not come. @type {(() => void) | undefined} */
let again;

const form = /** @type {HTMLFormElement} */ (document.getElementById("ask"));
const text = /** @type {HTMLTextAreaElement} */ (document.getElementById("f"));

/** @typedef {import("./visits.js").History} History */

export function start() {
  if (document.querySelector("#result .ledger")) shown = question(form);
  form.addEventListener("input", (event) => (slides(event) ? soon() : later()));
  form.addEventListener("change", changed);
  form.addEventListener("keydown", () => (byKey = true));
  form.addEventListener("pointerdown", () => (byKey = false));
  form.addEventListener("submit", (event) => {
    if (event.submitter?.hasAttribute("formaction")) return; // asks for a file
    event.preventDefault();
    now("push").then(placeCaret);
  });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  document.addEventListener("click", followed);
  window.addEventListener("popstate", returned);
  window.addEventListener("online", () => again?.());
  if (kept()) returned();
}

/** Back, forward, or a reload of what no address holds. */
function returned() {
  left();
  leaveAddress(true);
  const pairs = kept();
  if (!pairs) return visit(location.href, "none");
  forget();
  void show((signal) => ask("/", pairs, signal), "none", location.href);
}

/** @param {Event} event */
function slides(event) {
  return event.target instanceof HTMLInputElement && event.target.type === "range";
}

/** A field was left, or a slider let go. Keys let go of a slider at every press: it rests when
 * they do. @param {Event} event */
function changed(event) {
  if (!slides(event)) return now("push");
  clearTimeout(timer);
  if (byKey) timer = window.setTimeout(rest, REST);
  else rest();
}

/** The slider stands still: what it shows is a state to come back to. */
function rest() {
  if (sliding || waiting) timer = window.setTimeout(rest, 50);
  else if (question(form).toString() === shown.toString()) settled();
  else now("push");
}

/** Links to another state of this page are followed without leaving it. @param {MouseEvent} event */
function followed(event) {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link?.closest("#examples, .picks")) return;
  event.preventDefault();
  const menu = link.closest("details");
  menu?.removeAttribute("open");
  menu?.querySelector("summary")?.focus({ preventScroll: true }); // the link is out of sight now
  visit(link.href, "push");
}

/** While a person types, the server is asked in the pauses. */
function later() {
  clearTimeout(timer);
  timer = window.setTimeout(() => now("replace"), PAUSE);
}

/** While a slider moves there is one question at a time: the newest value's, at the next frame. */
function soon() {
  clearTimeout(timer);
  if (waiting) return;
  waiting = true;
  if (!sliding) requestAnimationFrame(slide);
}

async function slide() {
  [sliding, waiting] = [true, false];
  await now("replace");
  sliding = false;
  if (waiting) requestAnimationFrame(slide);
}

/** Ask for what the form says. @param {History} history */
async function now(history) {
  clearTimeout(timer);
  const pairs = question(form);
  const same = sameFunction(pairs);
  const step = place();
  if (same && step !== null) pairs.append("step", String(step));
  const headers = same ? { "X-Adexplain-Part": "numbers" } : undefined;
  await show((signal) => ask("/", pairs, signal, headers), history, "", same ? step : undefined);
}

/** Whether only values differ from what is shown: then code and menu need not be sent again.
 * @param {URLSearchParams} pairs */
function sameFunction(pairs) {
  const [here, there] = [pairs, shown].map((all) => [...all].filter(([name]) => !name.startsWith("at.")));
  return String(here) === String(there);
}

/** Ask for another state of the page. @param {string} address @param {History} history */
async function visit(address, history) {
  clearTimeout(timer);
  forget();
  await show((signal) => fetch(address, { signal, headers: aboutState(new URL(address, location.href).searchParams) }), history, address);
}

/** @param {(signal: AbortSignal) => Promise<Response>} get @param {History} history
 * @param {string} visited the address asked for, where the form is to follow it
 * @param {import("./state.js").Place} [step] the step asked for, where one could be */
async function show(get, history, visited, step) {
  pending?.abort();
  const mine = (pending = new AbortController());
  const asked = question(form);
  const waited = patience(mine);
  const failed = (/** @type {string} */ message) => {
    again = () => void show(get, history, visited, step);
    say(message, again);
  };
  let response, html;
  try {
    response = await get(mine.signal);
    html = await response.text();
  } catch {
    if (!mine.signal.aborted || waited.over) failed("The server does not answer.");
    return;
  } finally {
    waited.end();
  }
  if (mine.signal.aborted) return;
  const fresh = new DOMParser().parseFromString(html, "text/html");
  if (!fresh.getElementById("problem")) return failed("The server's answer could not be read.");
  again = undefined;
  const good = response.ok && !response.headers.has("X-Adexplain-Refused");
  const told = place();
  // Another way to look at the same function keeps the place in its sweep.
  if (!visited && step === undefined && asked.get("f") === shown.get("f")) keepPlace();
  exchange(fresh, good, Boolean(visited));
  if (good) shown = visited ? question(form) : asked;
  if (visited || good) leaveAddress(false);
  record(fresh.getElementById("result")?.dataset.address, good ? history : "none", asked);
  refresh(document);
  // The telling went on while the answer was under way.
  if (step !== undefined && good && told !== step) go(told);
}
