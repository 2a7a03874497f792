// The comparison arrives after the trace and never delays it.
import { ask, question } from "../shared/address.js";
import { readCharts } from "../shared/chart.js";

/** @type {AbortController | undefined} */
let pending;
let shown = "";
let html = "";
let height = 0;

const PAUSE = 300; // milliseconds: a number on a slider is no question yet

export async function loadVerdict() {
  const panel = document.getElementById("verdict");
  const body = document.getElementById("verdict-body");
  if (!panel || !body) return;
  if (panel.dataset.ready !== undefined) return readCharts(body);
  if (panel.dataset.covered !== undefined) return; // it would tell what is to be predicted
  if (document.getElementById("result")?.hasAttribute("data-old")) return;
  // A function too long for an address is asked for by the form.
  const form = /** @type {HTMLFormElement} */ (document.getElementById("ask"));
  const source = (panel.dataset.src || `/verdict?${question(form)}`).slice("/verdict?".length);
  if (source === shown) {
    put(body, html); // the same question as a moment ago
    return readCharts(body);
  }
  pending?.abort();
  const mine = (pending = new AbortController());
  body.replaceChildren(paragraph("Comparing with the symbolic derivative and with differences …"));
  body.setAttribute("aria-busy", "true");
  body.style.minHeight = `${height}px`; // nothing below jumps while a new one is on its way
  try {
    if (shown) await new Promise((resolve) => setTimeout(resolve, PAUSE));
    if (mine.signal.aborted) return;
    const response = await ask("/verdict", new URLSearchParams(source), mine.signal);
    const answer = await response.text();
    if (mine.signal.aborted || !body.isConnected) return;
    put(body, answer);
    readCharts(body);
    say(body.querySelector(".sentence")?.textContent ?? "");
    body.style.minHeight = "";
    height = body.offsetHeight;
    if (response.ok) [shown, html] = [source, answer];
  } catch {
    if (!mine.signal.aborted) body.replaceChildren(paragraph("The comparison did not arrive."));
  } finally {
    body.removeAttribute("aria-busy");
  }
}

/** The server's part of a page, in its place. @param {HTMLElement} body @param {string} part */
function put(body, part) {
  body.replaceChildren(...new DOMParser().parseFromString(part, "text/html").body.childNodes);
}

/** To the ear goes the sentence alone, not the tables. @param {string} sentence */
function say(sentence) {
  const place = document.getElementById("verdict-said");
  if (place) place.textContent = sentence.replace(/^\s*[✓✗]\s*/, "");
}

/** @param {string} text */
function paragraph(text) {
  const line = document.createElement("p");
  line.className = "waiting";
  line.textContent = text;
  return line;
}
