// Run the generated code at the point that is shown; the server does it.
import { formQuery, request } from "../shared/address.js";

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
  if (!place) return;
  const pairs = formQuery();
  let text = "The server does not answer.";
  try {
    const response = await request(link.pathname, pairs, new AbortController().signal);
    const answer = new DOMParser().parseFromString(await response.text(), "text/html");
    text = answer.querySelector(".run-output")?.textContent ?? text;
  } catch {
    // `text` already says so.
  }
  place.textContent = text;
  place.dataset.for = pairs.toString();
}

/** Remove outputs that belong to another state. */
export function forgetRuns() {
  const outputs = document.querySelectorAll("output[data-for]");
  if (outputs.length === 0) return; // spares reading the form, which takes time
  const query = formQuery().toString();
  for (const place of outputs) {
    if (/** @type {HTMLElement} */ (place).dataset.for !== query) place.textContent = "";
  }
}
