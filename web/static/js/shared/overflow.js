// On narrow screens a wide formula scrolls inside its cell. Such a cell can be focused, so that it also
// scrolls by keyboard.
import { whenDrawn } from "./layout_timing.js";

const NARROW = window.matchMedia("(max-width: 819px)"); // css/phone.css

/** Find the cells that scroll; to be called when the table or the window has changed. */
export const offerScrolling = whenDrawn(() => {
  const cells = document.querySelectorAll(".ledger :is(.c-op, .c-rule, .c-formula)");
  const wide = [...cells].map((cell) => NARROW.matches && cell.scrollWidth > cell.clientWidth + 1);
  for (const [k, cell] of cells.entries()) {
    if (wide[k]) cell.setAttribute("tabindex", "0");
    else cell.removeAttribute("tabindex");
  }
});

export function start() {
  window.addEventListener("resize", offerScrolling);
}
