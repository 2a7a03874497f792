// Makes frames as tall as the trace they show. Any site can include it with one line:
// <script src="https://…/static/js/frame.js" async></script>
{
  const TALLEST = 20_000;

  /** Whether the page wants to set the frame's height itself. @param {HTMLIFrameElement} frame */
  const isFixed = (frame) => frame.hasAttribute("data-fixed");

  /** Ask the trace in a frame for its height. @param {HTMLIFrameElement} frame */
  const ask = (frame) => {
    if (!isFixed(frame)) frame.contentWindow?.postMessage({ adexplain: { fit: true } }, "*");
  };

  window.addEventListener("message", (event) => {
    const height = /** @type {{ adexplain?: { height?: unknown } } | null} */ (event.data)?.adexplain?.height;
    if (typeof height !== "number" || !(height > 0)) return;
    for (const frame of document.querySelectorAll("iframe")) {
      if (frame.contentWindow !== event.source || isFixed(frame)) continue;
      frame.style.height = `${Math.min(Math.ceil(height), TALLEST)}px`;
      if (frame.dataset.fitted === undefined) ask(frame);
      frame.dataset.fitted = "";
      frame.dispatchEvent(new CustomEvent("adexplain:fitted", { bubbles: true }));
    }
  });
  // A frame that loaded before this script reported its height when nothing listened.
  for (const frame of document.querySelectorAll("iframe")) ask(frame);
}
