// Predict, then reveal: the answer field in the card of a covered step, the judgment of an answer, and
// what it reveals.
import { formQuery, request, setRevealedHeader } from "../shared/address.js";
import { byId } from "../shared/dom.js";
import { morph } from "../shared/morph.js";
import { moved } from "./state.js";
import { go, place, steps } from "./stepper.js";
import { remember, revealedHeader, revealedStep } from "./revealed.js";

/** Refreshes the page's scripts after a part of it was replaced. @type {(root: ParentNode) => void} */
let refreshPage = () => {};
/** Whether the listeners are set, a pointer is down, and the answer field is to be focused. */
let [listens, held, wanted] = [false, false, false];
/** The trace and step that were last fetched because the storage knew more than the page. */
let tried = "";
/** @type {AbortController | undefined} */
let pending;
/** @type {Element | undefined} */
let watchedCard;

/** To be called when the page, or a part of it, is new. @param {typeof refreshPage} refresh */
export function offerPrediction(refresh) {
  refreshPage = refresh;
  if (!listens) listen();
  loadStyles();
  watchCard();
  const panel = byId("step");
  const pairs = shownQuery();
  const [onPage, stored] = [Number(panel?.dataset.revealed), revealedStep(pairs)];
  const attempt = `${pairs} ${stored}`;
  if (stored !== null && stored > onPage && attempt !== tried) {
    tried = attempt; // once only: the server may know better than the storage
    void reload();
  } else remember(pairs, onPage);
}

function listen() {
  listens = true;
  setRevealedHeader(revealedHeader);
  document.addEventListener("submit", onSubmit);
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKeyDown);
  document.addEventListener("adexplain:step", onStep);
  document.addEventListener("pointerdown", () => (held = true));
  for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => (held = false));
}

/** Add the style sheet, which a page lacks that was loaded without predictions. */
function loadStyles() {
  if (document.querySelector("link[href$='/predict.css']")) return;
  const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: "/static/css/explorer/predict.css" });
  document.head.append(sheet);
}

/** The query of the trace that is shown. */
function shownQuery() {
  const address = byId("result")?.dataset.address;
  if (address) return new URLSearchParams(address.replace(/^[^?]*/, ""));
  return formQuery();
}

const field = () => /** @type {HTMLInputElement | null} */ (byId("guess"));

/** Whether the current step is covered. */
const isCovered = () => place() === Number(byId("timeline")?.dataset.coveredStep ?? -1);

/** After a step: remove the last judgment, and focus the answer field of a covered step. */
function onStep() {
  const judgment = byId("judged");
  if (judgment?.contains(document.activeElement)) byId("tracks")?.focus({ preventScroll: true });
  judgment?.replaceChildren();
  wanted = isCovered() && !held;
  focusField();
}

/** Focus the answer field also when the card arrives later than the step. */
function watchCard() {
  const card = byId("step-card");
  if (!card || card === watchedCard) return;
  watchedCard = card;
  new MutationObserver(focusField).observe(card, { childList: true });
}

function focusField() {
  const input = field();
  if (!wanted || !input) return;
  wanted = false;
  input.focus({ preventScroll: true });
}

/** @param {KeyboardEvent} event */
function onKeyDown(event) {
  const target = event.target instanceof Element ? event.target : null;
  if (target?.id === "guess") {
    if (event.key !== "Escape") return;
    event.preventDefault();
    byId("tracks")?.focus({ preventScroll: true });
  } else if (["ArrowRight", "PageDown"].includes(event.key) && isCovered() && !target?.closest("input, textarea, select, .judged")) {
    field()?.focus({ preventScroll: true }); // only an answer leads on from a covered step
  }
}

/** A link that covers the trace again also forgets how far it was revealed. @param {MouseEvent} event */
function onClick(event) {
  const link = event.target instanceof Element ? event.target.closest("a[data-restart]") : null;
  if (link instanceof HTMLAnchorElement) remember(new URL(link.href).searchParams, null);
}

/** @param {SubmitEvent} event */
function onSubmit(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches(".prediction")) return;
  event.preventDefault();
  const pairs = new URLSearchParams();
  for (const [name, value] of new FormData(form)) pairs.append(name, String(value));
  const button = event.submitter;
  if (button instanceof HTMLButtonElement && button.name) pairs.append(button.name, button.value);
  void judge(form, pairs);
}

/** Have the server judge an answer, and show what it says.
 * @param {HTMLFormElement} form @param {URLSearchParams} pairs */
async function judge(form, pairs) {
  pending?.abort();
  const { signal } = (pending = new AbortController());
  let answer;
  try {
    const response = await request("/practice/predict", pairs, signal);
    answer = new DOMParser().parseFromString(await response.text(), "text/html").body;
  } catch {
    if (signal.aborted) return;
    answer = document.createElement("div");
    answer.append(Object.assign(document.createElement("p"), { textContent: "The server does not answer." }));
  }
  if (signal.aborted || !form.isConnected) return;
  const { verdict, tries } = /** @type {HTMLElement | null} */ (answer.querySelector("[data-verdict]"))?.dataset ?? {};
  const reveals = verdict && ["exact", "rounded", "shown"].includes(verdict);
  // The step is revealed before the judgment appears: the judgment has a button that goes on from it.
  if (reveals) await reveal(pairs);
  byId("judged")?.replaceChildren(...answer.childNodes);
  if (reveals) return offerGoOn();
  const count = form.querySelector("[name=tries]");
  if (count instanceof HTMLInputElement && tries) count.value = tries;
  field()?.focus({ preventScroll: true });
  if (verdict === "wrong") field()?.select();
}

/** @param {URLSearchParams} pairs what was sent, with its step */
async function reveal(pairs) {
  remember(pairs, Number(pairs.get("step")));
  await reload();
}

/** Add a focused button that goes on to the next step. */
function offerGoOn() {
  if (place() === steps()) return byId("tracks")?.focus({ preventScroll: true });
  const on = Object.assign(document.createElement("button"), { type: "button", className: "go-on", textContent: "Go on" });
  on.addEventListener("click", () => go(moved(place(), "forward", steps())));
  document.querySelector("#judged p")?.append(" ", on);
  on.focus({ preventScroll: true });
}

/** Fetch the page again with what is revealed by now. */
async function reload() {
  const pairs = shownQuery();
  const step = place();
  if (step === null) pairs.delete("step");
  else pairs.set("step", String(step));
  const framed = document.documentElement.classList.contains("embed");
  const show = framed && new URLSearchParams(location.search).get("show");
  if (show) pairs.set("show", show);
  try {
    const path = framed ? "/embed" : "/";
    const response = await request(path, pairs, AbortSignal.timeout(30_000));
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    const [old, next] = [byId("result"), fresh.getElementById("result")];
    if (!response.ok || !old || !next) return;
    // If the new graph is to be fetched separately, the one on the page stays until it arrives.
    if (next.querySelector("#graph[data-later]")) fresh.getElementById("graph-body")?.setAttribute("data-keep", "");
    morph(old, next);
    refreshPage(document);
  } catch {
    // The step stays covered; the next answer tries again.
  }
}
