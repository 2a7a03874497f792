// The Export tab: copy the text of a file to the clipboard instead of downloading it.
import { formQuery, request } from "../shared/address.js";
import { place } from "./stepper.js";

export function start() {
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button.copies") : null;
    if (button instanceof HTMLButtonElement) copyFile(button);
  });
}

/** The server sends the buttons hidden, since they need scripts. @param {ParentNode} root */
export function showCopyFileButtons(root) {
  for (const button of root.querySelectorAll("button.copies")) button.removeAttribute("hidden");
}

/** @param {HTMLButtonElement} button */
async function copyFile(button) {
  const label = /** @type {Text} */ (button.firstChild);
  label.data = "…";
  try {
    const text = fetchText(button);
    // Safari allows writing to the clipboard only during the click, but accepts a promise of the text.
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

/** The text of the file that the link, or the button, beside this one downloads.
 * @param {HTMLButtonElement} button @returns {Promise<string>} */
async function fetchText(button) {
  const pairs = formQuery();
  const download = /** @type {HTMLAnchorElement | HTMLButtonElement} */ (button.parentElement?.querySelector(".link"));
  const { pathname } = new URL(download instanceof HTMLAnchorElement ? download.href : download.formAction);
  const step = download.dataset.moves === undefined ? null : place();
  if (step !== null) pairs.set("step", String(step));
  pairs.set("copy", "1");
  const response = await request(pathname, pairs, AbortSignal.timeout(60_000));
  if (!response.ok) throw new Error(response.statusText);
  return response.text();
}
