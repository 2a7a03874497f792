// A trace in a frame reports its height to the page around it. If that page has frame.js, it makes the
// frame as tall and answers; the trace then leaves scrolling to that page.

/** @typedef {{ adexplain?: { height?: number, fit?: boolean } }} Message */

export function start() {
  if (window.parent === window) return;
  const report = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    window.parent.postMessage({ adexplain: { height } }, "*");
  };
  window.addEventListener("message", (event) => {
    if (event.source !== window.parent || !(/** @type {Message | null} */ (event.data)?.adexplain?.fit)) return;
    document.documentElement.classList.add("fitted");
    report();
  });
  new ResizeObserver(report).observe(document.body);
}
