// The step in words. Cards are fetched some at a time, and kept.

import { ask as request, question } from "./address.js";

/** @type {Map<number, HTMLElement>} */
const known = new Map();
let source = "";
/** @type {AbortController | undefined} */
let pending;
let [spoken, ahead] = [0, 0];
let last = 0; // the step that was shown before

const REST = 150; // milliseconds
const SOME = 24; // as many as server/steps_view.py sends at once

/** Show the card of a step; ask for it, and the ones around it, where it is not here yet.
 * @param {number | null} step @param {number} total */
export async function showCard(step, total) {
  const place = document.getElementById("step-card");
  if (!place) return;
  adopt();
  const soon = Math.abs((step ?? 0) - last) > 1;
  last = step ?? 0;
  if (!step) return place.replaceChildren();
  const card = known.get(step);
  if (card) {
    if (place.firstElementChild !== card) place.replaceChildren(card);
    speak(card);
    window.clearTimeout(ahead);
    const near = known.has(Math.min(step + 3, total)) && known.has(Math.max(step - 3, 1));
    // While a slider is dragged, every number on every other card is about to change.
    if (!near) ahead = window.setTimeout(ask, REST, step, total);
  } else if (soon) {
    // Along the line of steps one leap follows another: asked for is where it ends.
    window.clearTimeout(ahead);
    ahead = window.setTimeout(ask, REST, step, total);
  } else await ask(step, total);
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
}

/** Take in what the page came with. */
function adopt() {
  for (const card of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("#step-card > article, template.cards"))) {
    const cards = card instanceof HTMLTemplateElement ? [...card.content.querySelectorAll("article")] : [card];
    for (const each of cards) known.set(Number(each.dataset.for), each);
    if (card instanceof HTMLTemplateElement) card.remove();
  }
}

/** @param {number} step @param {number} total */
async function ask(step, total) {
  if (pending || !source) return;
  const mine = (pending = new AbortController());
  const from = Math.max(1, step - SOME / 3);
  try {
    const pairs = new URLSearchParams(source);
    pairs.set("from", String(from));
    pairs.set("to", String(Math.min(from + SOME - 1, total)));
    const response = await request("/steps", pairs, mine.signal);
    const answer = new DOMParser().parseFromString(await response.text(), "text/html");
    if (mine.signal.aborted) return;
    for (const card of answer.querySelectorAll("article")) known.set(Number(card.dataset.for), document.adoptNode(card));
  } catch {
    // A card that does not come is no reason to stop: the table shows the step.
  } finally {
    if (pending === mine) pending = undefined;
  }
  const now = Number(document.getElementById("timeline")?.dataset.step ?? 0);
  const card = known.get(now);
  if (card && !mine.signal.aborted) {
    document.getElementById("step-card")?.replaceChildren(card);
    speak(card);
  } else if (now && now !== step) {
    window.clearTimeout(ahead);
    ahead = window.setTimeout(ask, REST, now, total);
  }
}

/** Say it to who cannot see it, once the stepping rests. @param {HTMLElement} card */
function speak(card) {
  window.clearTimeout(spoken);
  spoken = window.setTimeout(() => {
    const live = document.getElementById("step-spoken");
    if (live) live.textContent = card.dataset.spoken ?? "";
  }, 350);
}
