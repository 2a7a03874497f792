// Highlighting: a row, its node, its line of code and its part of the typed text light up together.
import { byId } from "../shared/dom.js";

export function start() {
  document.addEventListener("mouseover", (event) => point(event.target));
  document.addEventListener("focusin", (event) => point(event.target));
  document.addEventListener("mousemove", (event) => {
    // The field lies above the copy of its text that lights up: find what is below the pointer there.
    if (event.target instanceof HTMLTextAreaElement) point(under(event));
  });
  const field = byId("f");
  field?.addEventListener("scroll", () => byId("typed")?.scrollTo({ top: field.scrollTop }));
  field?.addEventListener("input", () => byId("typed")?.replaceChildren());
  document.addEventListener("mouseleave", () => point(null));
}

/** @param {MouseEvent} event */
function under(event) {
  const found = document.elementsFromPoint(event.clientX, event.clientY);
  return found.find((element) => element.closest("#typed [data-row]")) ?? null;
}

/** The selectors of what is lit. @type {string[]} */
let lit = [];

/** @param {EventTarget | null} target */
function point(target) {
  const element = target instanceof Element ? target : null;
  const edge = /** @type {HTMLElement | null | undefined} */ (element?.closest("[data-edge]"));
  const row = /** @type {HTMLElement | null | undefined} */ (element?.closest("[data-row]"));
  const wanted = [];
  if (row?.dataset.row !== undefined) wanted.push(`[data-row="${CSS.escape(row.dataset.row)}"]`);
  if (edge?.dataset.edge !== undefined) wanted.push(`[data-edge="${edge.dataset.edge}"]`);
  if (`${wanted}` !== `${lit}`) light(wanted);
}

/** Light up what has arrived since the pointer or the focus came to rest. */
export function relight() {
  light(lit);
}

/** @param {string[]} selectors */
function light(selectors) {
  lit = selectors;
  for (const element of document.querySelectorAll(".lit")) element.classList.remove("lit");
  if (selectors.length === 0) return;
  for (const element of document.querySelectorAll(selectors.join(", "))) element.classList.add("lit");
}
