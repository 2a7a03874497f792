// The Export tab: a file's text taken to the clipboard instead of being saved.
import { ask, question } from "../shared/address.js";
import { place } from "../explorer/stepper.js";

export function start() {
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button.copies") : null;
    if (button instanceof HTMLButtonElement) take(button);
  });
}

/** @param {ParentNode} root */
export function showTakeButtons(root) {
  for (const button of root.querySelectorAll("button.copies")) button.removeAttribute("hidden");
}

/** @param {HTMLButtonElement} button */
async function take(button) {
  const label = /** @type {Text} */ (button.firstChild);
  label.data = "…";
  try {
    const text = fetched(button);
    // Some browsers lend the clipboard only during the click: they take the promise.
    if (window.ClipboardItem) {
      const blob = text.then((known) => new Blob([known], { type: "text/plain" }));
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    } else await navigator.clipboard.writeText(await text);
    label.data = "Copied";
  } catch {
    label.data = "Not copied";
  }
  setTimeout(() => (label.data = "Copy"), 1600);
}

/** @param {HTMLButtonElement} button @returns {Promise<string>} */
async function fetched(button) {
  const form = /** @type {HTMLFormElement} */ (document.getElementById("ask"));
  const pairs = question(form);
  // What is copied is what the link, or the button, beside it downloads.
  const twin = /** @type {HTMLAnchorElement | HTMLButtonElement} */ (button.parentElement?.querySelector(".take"));
  const { pathname } = new URL(twin instanceof HTMLAnchorElement ? twin.href : twin.formAction);
  const step = twin.dataset.moves === undefined ? null : place();
  if (step !== null) pairs.set("step", String(step));
  pairs.set("copy", "1");
  const response = await ask(pathname, pairs, AbortSignal.timeout(60_000));
  if (!response.ok) throw new Error(response.statusText);
  return response.text();
}
