// The card that says a step in words. Cards are fetched in batches and cached.

import { formQuery, request } from "../shared/address.js";
import { byId } from "../shared/dom.js";
import { whenIdle } from "../shared/layout_timing.js";

/** The cards of the trace, by step. @type {Map<number, HTMLElement>} */
const cache = new Map();
/** The query of the trace that the cache belongs to. */
let source = "";
/** @type {AbortController | undefined} */
let pending;
let [speakTimer, fetchTimer] = [0, 0];
let [shown, count] = [0, 0]; // the step that is shown, and how many there are

const REST = 150; // milliseconds without a leap before cards are fetched
const NEAR = 6; // steps on either side whose cards should be in the cache
const BATCH = 24; // cards in a request; server/explorer/panels/step_card.py allows twice as many

/** Show the card of a step. If the cache lacks it or the ones around it, fetch them.
 * @param {number | null} step @param {number} total */
export async function showCard(step, total) {
  const place = byId("step-card");
  if (!place) return;
  const distance = Math.abs((step ?? 0) - shown);
  [shown, count] = [step ?? 0, total];
  window.clearTimeout(fetchTimer);
  if (!step) return place.replaceChildren();
  const card = cache.get(step);
  if (card) {
    if (place.firstElementChild !== card) place.replaceChildren(card);
    speak(card);
    if (cache.has(Math.min(step + NEAR, total)) && cache.has(Math.max(step - NEAR, 1))) return;
  } else if (distance === 1) return fetchCards();
  // A drag along the timeline is a series of leaps: wait for the last one. A drag of a value's slider
  // makes the other cards useless at once: wait for its end, too.
  if (distance === 1) fetchWhenIdle();
  else fetchTimer = window.setTimeout(fetchCards, REST);
}

/** To be called when parts of the page were replaced. The cards of another trace are forgotten. */
export function renewCards() {
  const place = byId("step-card");
  if (!place) return;
  // If the function is too long for an address, its state is in the form alone.
  const query = place.dataset.src?.replace(/^[^?]*\?/, "") ?? (byId("ask") ? String(formQuery()) : "");
  if (query !== source) {
    cache.clear();
    source = query;
    pending?.abort();
    pending = undefined;
  }
  adopt();
}

/** Put the cards that came with the page into the cache. */
function adopt() {
  for (const card of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("#step-card > article, template.cards"))) {
    const cards = card instanceof HTMLTemplateElement ? [...card.content.querySelectorAll("article")] : [card];
    for (const each of cards) cache.set(Number(each.dataset.for), each);
    if (card instanceof HTMLTemplateElement) card.remove();
  }
}

/** Fetch the cards around the step that is shown. */
async function fetchCards() {
  if (pending || !source || !shown) return;
  const { signal } = (pending = new AbortController());
  const step = shown;
  const from = Math.max(1, step - BATCH / 3);
  try {
    const pairs = new URLSearchParams(source);
    pairs.set("from", String(from));
    pairs.set("to", String(Math.min(from + BATCH - 1, count)));
    const response = await request("/steps", pairs, signal);
    const answer = new DOMParser().parseFromString(await response.text(), "text/html");
    if (signal.aborted) return;
    for (const card of answer.querySelectorAll("article")) cache.set(Number(card.dataset.for), document.adoptNode(card));
  } catch {
    // Without its card the step is still shown by the table.
  } finally {
    if (pending?.signal === signal) pending = undefined;
  }
  const card = cache.get(shown);
  const place = byId("step-card");
  if (card && place && !signal.aborted) {
    if (place.firstElementChild !== card) place.replaceChildren(card);
    speak(card);
  } else if (shown !== step) {
    window.clearTimeout(fetchTimer);
    fetchTimer = window.setTimeout(fetchCards, REST);
  }
}

const fetchWhenIdle = whenIdle(fetchCards);

/** Let screen readers read a card, once the stepping rests. @param {HTMLElement} card */
function speak(card) {
  window.clearTimeout(speakTimer);
  speakTimer = window.setTimeout(() => {
    const live = byId("step-spoken");
    if (live) live.textContent = card.dataset.spoken ?? "";
  }, 350);
}
