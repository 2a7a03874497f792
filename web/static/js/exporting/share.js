// Addresses that leave the page: each holds the function, the point and, where it shows one, the
// step at which the telling stands.
import { whenIdle } from "../shared/layout_timing.js";
import { withStep } from "../explorer/state.js";
import { place } from "../explorer/stepper.js";

export function start() {
  document.addEventListener("adexplain:step", followSoon);
  document.addEventListener("change", (event) => {
    if (event.target instanceof Element && event.target.id === "share-step") follow();
  });
}

/** Every address follows the page. */
function follow() {
  const step = place();
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("button.take[data-moves]"))) {
    button.formAction = withStep(button.formAction, step);
  }
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[data-keeps-step]"))) {
    link.href = link.pathname + withStep(link.search, step);
  }
  const address = document.getElementById("result")?.dataset.address;
  if (!address) return;
  const query = withStep(address.replace(/^[^?]*/, ""), null);
  const bare = query.replace("&view=projector", "");
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a.take"))) {
    link.href = link.pathname + withStep(bare, link.dataset.moves === undefined ? null : step);
  }
  const option = /** @type {HTMLInputElement | null} */ (document.getElementById("share-step"));
  if (!option) return;
  option.closest("label")?.toggleAttribute("hidden", step === null);
  const wanted = option.checked ? step : null;
  write("share-link", location.origin + "/" + withStep(query, wanted));
  // Within the quotes of an attribute.
  write("share-source", (location.origin + "/embed" + withStep(bare, wanted)).replaceAll("&", "&amp;"));
}

/** The same, when nothing is more urgent. */
export const followSoon = whenIdle(follow);

/** @param {string} id @param {string} text */
function write(id, text) {
  const element = document.getElementById(id);
  if (element) element.textContent = text;
}
