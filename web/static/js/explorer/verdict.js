// The verdict is fetched after the trace, so that the comparison never delays it.
import { formQuery, request } from "../shared/address.js";
import { readCharts } from "../shared/chart.js";
import { byId } from "../shared/dom.js";

/** @type {AbortController | undefined} */
let pending;
/** The query and the HTML of the verdict that was shown last, and its height in pixels. */
let [shown, html, height] = ["", "", 0];

const PAUSE = 300; // milliseconds that an input has to rest, such as a dragged slider, before a request

export async function loadVerdict() {
  const panel = byId("verdict");
  const body = byId("verdict-body");
  if (!panel || !body) return;
  if (panel.dataset.ready !== undefined) return readCharts(body);
  if (panel.dataset.covered !== undefined) return; // the verdict would reveal what is to be predicted
  if (byId("result")?.hasAttribute("data-old")) return;
  // If the function is too long for an address, its state is in the form alone.
  const source = (panel.dataset.src || `/verdict?${formQuery()}`).slice("/verdict?".length);
  if (source === shown) {
    put(body, html); // the same request as before
    return readCharts(body);
  }
  pending?.abort();
  const { signal } = (pending = new AbortController());
  body.replaceChildren(paragraph("Comparing with the symbolic derivative and with differences …"));
  body.setAttribute("aria-busy", "true");
  body.style.minHeight = `${height}px`; // so that nothing below jumps until the new one is here
  try {
    if (shown) await new Promise((resolve) => setTimeout(resolve, PAUSE));
    if (signal.aborted) return;
    const response = await request("/verdict", new URLSearchParams(source), signal);
    const answer = await response.text();
    if (signal.aborted || !body.isConnected) return;
    put(body, answer);
    readCharts(body);
    speak(body.querySelector(".sentence")?.textContent ?? "");
    body.style.minHeight = "";
    height = body.offsetHeight;
    if (response.ok) [shown, html] = [source, answer];
  } catch {
    if (!signal.aborted) body.replaceChildren(paragraph("The comparison did not arrive."));
  } finally {
    body.removeAttribute("aria-busy");
  }
}

/** Show a part of a page that the server sent. @param {HTMLElement} body @param {string} part */
function put(body, part) {
  body.replaceChildren(...new DOMParser().parseFromString(part, "text/html").body.childNodes);
}

/** Let screen readers read the sentence, but not the tables. @param {string} sentence */
function speak(sentence) {
  const place = byId("verdict-spoken");
  if (place) place.textContent = sentence.replace(/^\s*[✓✗]\s*/, "");
}

/** @param {string} text */
function paragraph(text) {
  const line = document.createElement("p");
  line.className = "waiting";
  line.textContent = text;
  return line;
}
