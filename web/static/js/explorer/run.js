// The generated code, run at the point that is shown; the server runs it.
import { ask, question } from "../shared/address.js";

export function start() {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a.run") : null;
    if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void run(link);
  });
}

/** @param {HTMLAnchorElement} link */
async function run(link) {
  const place = link.parentElement?.querySelector("output");
  const form = /** @type {HTMLFormElement} */ (document.getElementById("ask"));
  if (!place) return;
  const pairs = question(form);
  let text = "The server does not answer.";
  try {
    const response = await ask(link.pathname, pairs, new AbortController().signal);
    const answer = new DOMParser().parseFromString(await response.text(), "text/html");
    text = answer.querySelector(".ran")?.textContent ?? text;
  } catch {
    // The sentence above says it.
  }
  place.textContent = text;
  place.dataset.for = pairs.toString();
}

/** Another point has another answer. */
export function forgetRuns() {
  const form = document.getElementById("ask");
  const ran = document.querySelectorAll("output[data-for]");
  if (!(form instanceof HTMLFormElement) || ran.length === 0) return; // reading a form takes its time
  const now = question(form).toString();
  for (const place of ran) {
    if (/** @type {HTMLElement} */ (place).dataset.for !== now) place.textContent = "";
  }
}
