// The addresses on the page that lead elsewhere: to exports, to other views, to be shared. They follow the
// page's state and, where it matters, its current step.
import { byId } from "../shared/dom.js";
import { whenIdle } from "../shared/layout_timing.js";
import { withStep } from "./state.js";
import { place } from "./stepper.js";

export function start() {
  document.addEventListener("adexplain:step", updateSoon);
  document.addEventListener("change", (event) => {
    if (event.target instanceof Element && event.target.id === "share-step") update();
  });
}

/** Update every address. */
function update() {
  const step = place();
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("button.link[data-moves]"))) {
    button.formAction = withStep(button.formAction, step);
  }
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[data-keeps-step]"))) {
    link.href = link.pathname + withStep(link.search, step);
  }
  const address = byId("result")?.dataset.address;
  if (!address) return;
  const query = withStep(address.replace(/^[^?]*/, ""), null);
  const bare = query.replace("&view=projector", "");
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a.link"))) {
    link.href = link.pathname + withStep(bare, link.dataset.moves === undefined ? null : step);
  }
  const option = /** @type {HTMLInputElement | null} */ (byId("share-step"));
  if (!option) return;
  option.closest("label")?.toggleAttribute("hidden", step === null);
  const wanted = option.checked ? step : null;
  write("share-link", location.origin + "/" + withStep(query, wanted));
  // Escaped, because it stands in an attribute of the iframe's source.
  write("share-source", (location.origin + "/embed" + withStep(bare, wanted)).replaceAll("&", "&amp;"));
}

/** The same when the browser is idle. */
export const updateSoon = whenIdle(update);

/** @param {string} id @param {string} text */
function write(id, text) {
  const element = byId(id);
  if (element) element.textContent = text;
}
