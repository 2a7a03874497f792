// A trace in a frame tells the page around it how tall it is. A page that answers (frame.js) makes
// the frame as tall, and the trace then leaves scrolling to that page.

/** @typedef {{ adexplain?: { height?: number, fit?: boolean } }} Letter */

export function start() {
  if (window.parent === window) return;
  const tell = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    window.parent.postMessage({ adexplain: { height } }, "*");
  };
  window.addEventListener("message", (event) => {
    if (event.source !== window.parent || !(/** @type {Letter | null} */ (event.data)?.adexplain?.fit)) return;
    document.documentElement.classList.add("fitted");
    tell();
  });
  new ResizeObserver(tell).observe(document.body);
}
