// Measuring waits until a frame is drawn: everything has its place then, and nothing is laid out
// only to be measured. What nobody sees waits until there is time.

const SOON = 250; // milliseconds: as long as nothing waits longer

/** The same work, done once when the next frame has been drawn. @param {() => void} work */
export function whenDrawn(work) {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => setTimeout(() => {
      waiting = false;
      work();
    }));
  };
}

/** The same work, done once when the page has nothing more urgent to do. @param {() => void} work */
export function whenIdle(work) {
  const soon = window.requestIdleCallback ?? ((/** @type {() => void} */ then) => window.setTimeout(then, SOON));
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    soon(() => {
      waiting = false;
      work();
    }, { timeout: SOON });
  };
}
