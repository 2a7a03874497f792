// Predict, then reveal: the field in the step's card, what is said of an answer, what it uncovers.
import { ask, question, tellBy } from "../shared/address.js";
import { morph } from "../shared/morph.js";
import { moved } from "./state.js";
import { go, place, steps } from "./stepper.js";
import { remember, tell, toldOf } from "./revealed.js";

/** What is to be done when the page was exchanged. @type {(root: ParentNode) => void} */
let renewed = () => {};
let [listens, held, wanted] = [false, false, false];
let tried = "";
/** @type {AbortController | undefined} */
let pending;
/** @type {Element | undefined} */
let watched;

/** The page, or a part of it, is new. @param {typeof renewed} refresh */
export function offerPrediction(refresh) {
  renewed = refresh;
  if (!listens) listen();
  dress();
  watch();
  const panel = document.getElementById("step");
  const pairs = shown();
  const [here, known] = [Number(panel?.dataset.told), toldOf(pairs)];
  const mark = `${pairs} ${known}`;
  if (known !== null && known > here && mark !== tried) {
    tried = mark; // the server decides: asked once
    void renew();
  } else remember(pairs, here);
}

function listen() {
  listens = true;
  tellBy(tell);
  document.addEventListener("submit", sent);
  document.addEventListener("click", followed);
  document.addEventListener("keydown", pressed);
  document.addEventListener("adexplain:step", stepped);
  document.addEventListener("pointerdown", () => (held = true));
  for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => (held = false));
}

/** Predicting may begin without a new page: its styles come along. */
function dress() {
  if (document.querySelector("link[href$='/predict.css']")) return;
  const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: "/static/css/predict.css" });
  document.head.append(sheet);
}

/** What was asked for the trace that is shown. */
function shown() {
  const address = document.getElementById("result")?.dataset.address;
  if (address) return new URLSearchParams(address.replace(/^[^?]*/, ""));
  return question(/** @type {HTMLFormElement} */ (document.getElementById("ask")));
}

const field = () => /** @type {HTMLInputElement | null} */ (document.getElementById("guess"));

/** Whether the telling stands at a covered step. */
const asked = () => place() === Number(document.getElementById("timeline")?.dataset.asks ?? -1);

/** Stepping has come to a step: to a covered one it comes with the field. */
function stepped() {
  const said = document.getElementById("judged");
  if (said?.contains(document.activeElement)) document.getElementById("tracks")?.focus({ preventScroll: true });
  said?.replaceChildren();
  wanted = asked() && !held;
  enter();
}

/** The card may come late. */
function watch() {
  const card = document.getElementById("step-card");
  if (!card || card === watched) return;
  watched = card;
  new MutationObserver(enter).observe(card, { childList: true });
}

function enter() {
  const place = field();
  if (!wanted || !place) return;
  wanted = false;
  place.focus({ preventScroll: true });
}

/** @param {KeyboardEvent} event */
function pressed(event) {
  const target = event.target instanceof Element ? event.target : null;
  if (target?.id === "guess") {
    if (event.key !== "Escape") return;
    event.preventDefault();
    document.getElementById("tracks")?.focus({ preventScroll: true });
  } else if (["ArrowRight", "PageDown"].includes(event.key) && asked() && !target?.closest("input, textarea, select, .judged")) {
    field()?.focus({ preventScroll: true }); // no step leads on from here but the answer
  }
}

/** To cover a trace anew is to forget what was uncovered. @param {MouseEvent} event */
function followed(event) {
  const link = event.target instanceof Element ? event.target.closest("a[data-anew]") : null;
  if (link instanceof HTMLAnchorElement) remember(new URL(link.href).searchParams, null);
}

/** @param {SubmitEvent} event */
function sent(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches(".prediction")) return;
  event.preventDefault();
  const pairs = new URLSearchParams();
  for (const [name, value] of new FormData(form)) pairs.append(name, String(value));
  const button = event.submitter;
  if (button instanceof HTMLButtonElement && button.name) pairs.append(button.name, button.value);
  void judge(form, pairs);
}

/** @param {HTMLFormElement} form @param {URLSearchParams} pairs */
async function judge(form, pairs) {
  pending?.abort();
  const mine = (pending = new AbortController());
  let said;
  try {
    const response = await ask("/practice/predict", pairs, mine.signal);
    said = new DOMParser().parseFromString(await response.text(), "text/html").body;
  } catch {
    if (mine.signal.aborted) return;
    said = document.createElement("div");
    said.append(Object.assign(document.createElement("p"), { textContent: "The server does not answer." }));
  }
  if (mine.signal.aborted || !form.isConnected) return;
  const { verdict, tries } = /** @type {HTMLElement | null} */ (said.querySelector("[data-verdict]"))?.dataset ?? {};
  const reveals = verdict && ["exact", "rounded", "shown"].includes(verdict);
  // The verdict and the uncovered step come together: whoever goes on finds it there.
  if (reveals) await reveal(pairs);
  document.getElementById("judged")?.replaceChildren(...said.childNodes);
  if (reveals) return leadOn();
  const count = form.querySelector("[name=tries]");
  if (count instanceof HTMLInputElement && tries) count.value = tries;
  field()?.focus({ preventScroll: true });
  if (verdict === "wrong") field()?.select();
}

/** @param {URLSearchParams} pairs what was sent, with its step */
async function reveal(pairs) {
  remember(pairs, Number(pairs.get("step")));
  await renew();
}

/** The way on is at hand. */
function leadOn() {
  if (place() === steps()) return document.getElementById("tracks")?.focus({ preventScroll: true });
  const on = Object.assign(document.createElement("button"), { type: "button", className: "go-on", textContent: "Go on" });
  on.addEventListener("click", () => go(moved(place(), "forward", steps())));
  document.querySelector("#judged p")?.append(" ", on);
  on.focus({ preventScroll: true });
}

/** The same page with what is uncovered by now. */
async function renew() {
  const pairs = shown();
  const step = place();
  if (step === null) pairs.delete("step");
  else pairs.set("step", String(step));
  const framed = document.documentElement.classList.contains("embed");
  const show = framed && new URLSearchParams(location.search).get("show");
  if (show) pairs.set("show", show);
  try {
    const path = framed ? "/embed" : "/";
    const response = await ask(path, pairs, AbortSignal.timeout(30_000));
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    const [old, next] = [document.getElementById("result"), fresh.getElementById("result")];
    if (!response.ok || !old || !next) return;
    // A graph that comes by itself stays until the new one is here.
    if (next.querySelector("#graph[data-later]")) fresh.getElementById("graph-body")?.setAttribute("data-keep", "");
    morph(old, next);
    renewed(document);
  } catch {
    // It stays covered; the next answer asks again.
  }
}
