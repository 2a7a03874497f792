// Measuring waits until a frame is drawn: everything has its place then, and nothing is laid out
// only to be measured.

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
