// The live traces of a lesson, on a page or in a file. Each loads in a hidden frame, which replaces the
// static table once frame.js has set its height.
import "../frame.js";

/** Add a frame for each trace. @param {(frame: HTMLIFrameElement, figure: HTMLElement) => void} fill sets what a frame shows */
export function addFrames(fill) {
  document.addEventListener("adexplain:fitted", (event) => {
    const frame = /** @type {Element} */ (event.target);
    frame.closest("figure.live")?.classList.add("loaded");
  });
  for (const figure of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("figure.live"))) {
    const frame = document.createElement("iframe");
    frame.title = figure.dataset.title ?? "";
    frame.loading = "lazy";
    fill(frame, figure);
    figure.querySelector(".static-trace")?.before(frame);
  }
}
