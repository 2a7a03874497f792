// Frames that are as tall as the trace they show. A page of any site takes it by one line:
// <script src="https://…/static/js/frame.js" async></script>
{
  const TALLEST = 20_000;

  /** @param {HTMLIFrameElement} frame whether it is left as tall as its page wants it */
  const isFixed = (frame) => frame.hasAttribute("data-fixed");

  /** Ask what is in a frame how tall it is. @param {HTMLIFrameElement} frame */
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
  // One that was there before this script has told its height to nobody.
  for (const frame of document.querySelectorAll("iframe")) ask(frame);
}
