// When to measure and when to work in the background. Measuring waits until the browser has laid out
// the page for a frame anyway: asking for a position earlier would force a layout of its own.

const LATEST = 250; // milliseconds after which background work runs, idle or not

/** A function that runs `work` once after the next frame, however often it is called. @param {() => void} work */
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

/** A function that runs `work` with the positions of some elements, as the next frame has them. An
 * IntersectionObserver reports them without forcing a layout. An element that is not displayed has
 * no width; one that has left the page is missing in the map.
 * @template {Element} E
 * @param {() => E[]} select @param {(places: Map<E, DOMRectReadOnly>) => void} work */
export function whenPlaced(select, work) {
  let [waiting, again] = [false, false];
  return function measure() {
    again = waiting; // measured once more after `work`, which may move what is being measured
    if (waiting) return;
    const elements = select();
    if (elements.length === 0) return;
    waiting = true;
    const observer = new IntersectionObserver((entries) => {
      observer.disconnect();
      waiting = false;
      const places = new Map(entries.map(({ target, boundingClientRect }) => [target, boundingClientRect]));
      places.delete(document.documentElement);
      work(/** @type {Map<E, DOMRectReadOnly>} */ (places));
      if (again) measure();
    });
    // The observer reports at least the root element, even if all the others have left the page.
    for (const element of [document.documentElement, ...elements]) observer.observe(element);
  };
}

/** A function that runs `work` once when the browser is idle, however often it is called. @param {() => void} work */
export function whenIdle(work) {
  const soon = window.requestIdleCallback ?? ((/** @type {() => void} */ then) => window.setTimeout(then, LATEST));
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    soon(() => {
      waiting = false;
      work();
    }, { timeout: LATEST });
  };
}
