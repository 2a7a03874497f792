// Traces of a lesson: each lies in a frame behind its table, and takes the table's place when it is
// as tall as it wants to be. The same in a page and in a file.
import "../exporting/frame.js";

/** @param {(frame: HTMLIFrameElement, figure: HTMLElement) => void} fill what to put into a frame */
export function enliven(fill) {
  document.addEventListener("adexplain:fitted", (event) => {
    const frame = /** @type {Element} */ (event.target);
    frame.closest("figure.live")?.classList.add("alive");
  });
  for (const figure of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("figure.live"))) {
    const frame = document.createElement("iframe");
    frame.title = figure.dataset.title ?? "";
    frame.loading = "lazy";
    fill(frame, figure);
    figure.querySelector(".still")?.before(frame);
  }
}
