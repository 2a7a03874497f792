// Live update: while a person types, the same page is fetched and its parts are exchanged.
import { ask, forget, question } from "./address.js";
import { placeCaret } from "./caret.js";
import { refresh } from "./refresh.js";

const PAUSE = 250; // milliseconds of no typing before the server is asked

/** @type {AbortController | undefined} */
let pending;
/** @type {number | undefined} */
let timer;

const form = /** @type {HTMLFormElement} */ (document.getElementById("ask"));
const text = /** @type {HTMLTextAreaElement} */ (document.getElementById("f"));

/** @typedef {"replace" | "push" | "none"} History */

export function start() {
  form.addEventListener("input", (event) => {
    const slides = event.target instanceof HTMLInputElement && event.target.type === "range";
    later(slides ? 30 : PAUSE);
  });
  form.addEventListener("change", () => now("push"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    now("push").then(placeCaret);
  });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  document.addEventListener("click", followed);
  window.addEventListener("popstate", () => visit(location.href, "none"));
}

/** Links to another state of this page are followed without leaving it. @param {MouseEvent} event */
function followed(event) {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link?.closest("#examples, .picks")) return;
  event.preventDefault();
  link.closest("details")?.removeAttribute("open");
  visit(link.href, "push");
}

/** @param {number} pause */
function later(pause) {
  clearTimeout(timer);
  timer = window.setTimeout(() => now("replace"), pause);
}

/** Ask for what the form says. @param {History} history */
async function now(history) {
  clearTimeout(timer);
  const pairs = question(form);
  await show((signal) => ask("/", pairs, signal), history, "");
}

/** Ask for another state of the page. @param {string} address @param {History} history */
async function visit(address, history) {
  clearTimeout(timer);
  forget();
  await show((signal) => fetch(address, { signal }), history, address);
}

/** @param {(signal: AbortSignal) => Promise<Response>} get @param {History} history
 * @param {string} visited the address asked for, where the form is to follow it */
async function show(get, history, visited) {
  pending?.abort();
  const mine = (pending = new AbortController());
  let response, html;
  try {
    response = await get(mine.signal);
    html = await response.text();
  } catch (error) {
    if (!mine.signal.aborted) say("The server does not answer. What you see may be out of date.");
    return;
  }
  if (mine.signal.aborted) return;
  const fresh = new DOMParser().parseFromString(html, "text/html");
  if (!fresh.getElementById("problem")) return say("The server's answer could not be read.");
  if (visited) fillForm(fresh);
  exchange(fresh, response.ok, Boolean(visited));
  record(fresh, history, response.ok);
  refresh(document);
}

/** The typed text and what is not exchanged with the rest. @param {Document} fresh */
function fillForm(fresh) {
  const source = /** @type {HTMLTextAreaElement} */ (fresh.getElementById("f"));
  text.value = source.value;
  text.rows = source.rows;
  for (const input of fresh.querySelectorAll("#how input[type=radio]")) {
    const twin = document.getElementById(input.id);
    if (twin instanceof HTMLInputElement) twin.checked = input.hasAttribute("checked");
  }
}

/** @param {Document} fresh @param {boolean} good @param {boolean} visited */
function exchange(fresh, good, visited) {
  for (const id of ["problem", "problem-point", "problem-how"]) swap(fresh, id);
  text.toggleAttribute("aria-invalid", false);
  const invalid = fresh.querySelector("[aria-invalid]");
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  if (invalid) document.getElementById(invalid.id)?.setAttribute("aria-invalid", "true");
  if (!good) return keepOld(fresh, visited);
  fields(fresh);
  for (const id of ["preview", "result", "heading", "tools"]) swap(fresh, id);
  const result = /** @type {HTMLElement} */ (document.getElementById("result"));
  const next = /** @type {HTMLElement} */ (fresh.getElementById("result"));
  result.className = next.className;
  result.removeAttribute("data-old");
  document.title = fresh.title;
}

/** The variables and seeds: exchanged unless a person is typing there. @param {Document} fresh */
function fields(fresh) {
  for (const id of ["point", "seeds"]) {
    const old = /** @type {HTMLElement} */ (document.getElementById(id));
    const next = /** @type {HTMLElement} */ (fresh.getElementById(id));
    if (old.contains(document.activeElement) && document.activeElement?.tagName === "INPUT") continue;
    old.className = next.className;
    old.replaceChildren(...next.childNodes);
  }
}

/** @param {Document} fresh @param {string} id */
function swap(fresh, id) {
  const next = fresh.getElementById(id);
  document.getElementById(id)?.replaceChildren(...(next?.childNodes ?? []));
}

/** An error: a trace shown belongs to an earlier text, and says so.
 * @param {Document} fresh @param {boolean} visited */
function keepOld(fresh, visited) {
  const result = /** @type {HTMLElement} */ (document.getElementById("result"));
  document.getElementById("preview")?.replaceChildren();
  if (visited || !result.querySelector(".ledger")) return swap(fresh, "result");
  if (result.hasAttribute("data-old")) return;
  result.setAttribute("data-old", "");
  const note = document.createElement("p");
  note.className = "old-note";
  note.textContent = "Below is the trace of the last input that could be read.";
  result.prepend(note);
}

/** @param {Document} fresh @param {History} history @param {boolean} good */
function record(fresh, history, good) {
  const canonical = fresh.getElementById("result")?.dataset.address;
  if (history === "none" || !canonical || !good) return;
  const here = location.pathname + location.search;
  if (canonical === here) {
    if (history === "push") window.history.replaceState({ draft: false }, "");
    return;
  }
  // The first keystroke after a finished state begins a new entry, the next ones change it.
  if (history === "push" && window.history.state?.draft !== true) {
    window.history.pushState({ draft: false }, "", canonical);
  } else if (history === "push" || window.history.state?.draft) {
    window.history.replaceState({ draft: history === "replace" }, "", canonical);
  } else {
    window.history.pushState({ draft: true }, "", canonical);
  }
}

/** @param {string} message */
function say(message) {
  for (const id of ["problem-point", "problem-how"]) document.getElementById(id)?.replaceChildren();
  const place = document.getElementById("problem");
  const line = document.createElement("p");
  line.className = "problem-what";
  line.textContent = message;
  place?.replaceChildren(line);
}
