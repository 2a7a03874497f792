// The step in words. Cards are fetched some at a time, and kept.

import { ask as request, question } from "../shared/address.js";
import { whenIdle } from "../shared/layout_timing.js";

/** @type {Map<number, HTMLElement>} */
const known = new Map();
let source = "";
/** @type {AbortController | undefined} */
let pending;
let [spoken, ahead] = [0, 0];
let [last, all] = [0, 0]; // the step that is shown, and how many there are

const REST = 150; // milliseconds
const NEAR = 6; // steps that are known on either side
const SOME = 24; // as many as server/steps_view.py sends at once

/** Show the card of a step; ask for it, and the ones around it, where it is not here yet.
 * @param {number | null} step @param {number} total */
export async function showCard(step, total) {
  const place = document.getElementById("step-card");
  if (!place) return;
  const by = Math.abs((step ?? 0) - last);
  [last, all] = [step ?? 0, total];
  window.clearTimeout(ahead);
  if (!step) return place.replaceChildren();
  const card = known.get(step);
  if (card) {
    if (place.firstElementChild !== card) place.replaceChildren(card);
    speak(card);
    if (known.has(Math.min(step + NEAR, total)) && known.has(Math.max(step - NEAR, 1))) return;
  } else if (by === 1) return ask();
  // Along the line of steps one leap follows another: asked for is where it ends. And while a slider
  // is dragged, every number on every other card is about to change.
  if (by === 1) askSoon();
  else ahead = window.setTimeout(ask, REST);
}

/** The page was looked at anew. Cards belong to one trace: another one's are forgotten. */
export function renewCards() {
  const place = document.getElementById("step-card");
  if (!place) return;
  // A function too long for an address is asked for by the form.
  const form = document.getElementById("ask");
  const here = place.dataset.src?.replace(/^[^?]*\?/, "") ?? (form instanceof HTMLFormElement ? String(question(form)) : "");
  if (here !== source) {
    known.clear();
    source = here;
    pending?.abort();
    pending = undefined;
  }
  adopt();
}

/** Take in what the page came with. */
function adopt() {
  for (const card of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("#step-card > article, template.cards"))) {
    const cards = card instanceof HTMLTemplateElement ? [...card.content.querySelectorAll("article")] : [card];
    for (const each of cards) known.set(Number(each.dataset.for), each);
    if (card instanceof HTMLTemplateElement) card.remove();
  }
}

/** Ask for the cards around the step that is shown. */
async function ask() {
  if (pending || !source || !last) return;
  const mine = (pending = new AbortController());
  const step = last;
  const from = Math.max(1, step - SOME / 3);
  try {
    const pairs = new URLSearchParams(source);
    pairs.set("from", String(from));
    pairs.set("to", String(Math.min(from + SOME - 1, all)));
    const response = await request("/steps", pairs, mine.signal);
    const answer = new DOMParser().parseFromString(await response.text(), "text/html");
    if (mine.signal.aborted) return;
    for (const card of answer.querySelectorAll("article")) known.set(Number(card.dataset.for), document.adoptNode(card));
  } catch {
    // A card that does not come is no reason to stop: the table shows the step.
  } finally {
    if (pending === mine) pending = undefined;
  }
  const card = known.get(last);
  const place = document.getElementById("step-card");
  if (card && place && !mine.signal.aborted) {
    if (place.firstElementChild !== card) place.replaceChildren(card);
    speak(card);
  } else if (last !== step) {
    window.clearTimeout(ahead);
    ahead = window.setTimeout(ask, REST);
  }
}

const askSoon = whenIdle(ask);

/** Say it to who cannot see it, once the stepping rests. @param {HTMLElement} card */
function speak(card) {
  window.clearTimeout(spoken);
  spoken = window.setTimeout(() => {
    const live = document.getElementById("step-spoken");
    if (live) live.textContent = card.dataset.spoken ?? "";
  }, 350);
}
