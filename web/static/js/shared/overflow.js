// A cell of the table that scrolls, on narrow screens, is reached by keyboard as well.
import { whenDrawn } from "./layout_timing.js";

const NARROW = window.matchMedia("(max-width: 819px)"); // css/phone.css

/** Look at the table anew: it, or the window, has changed. */
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
