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

/** Work with where some elements are, told with the next frame: to ask them would lay out the page
 * at once. What is shown nowhere has no size; what has left has no place.
 * @template {Element} E
 * @param {() => E[]} wanted @param {(places: Map<E, DOMRectReadOnly>) => void} work */
export function whenPlaced(wanted, work) {
  let [waiting, again] = [false, false];
  return function look() {
    again = waiting; // work that moves something has to have moved it before the next look
    if (waiting) return;
    const elements = wanted();
    if (elements.length === 0) return;
    waiting = true;
    const observer = new IntersectionObserver((entries) => {
      observer.disconnect();
      waiting = false;
      const places = new Map(entries.map(({ target, boundingClientRect }) => [target, boundingClientRect]));
      places.delete(document.documentElement);
      work(/** @type {Map<E, DOMRectReadOnly>} */ (places));
      if (again) look();
    });
    // The whole page is always there to be told of, when all else has left.
    for (const element of [document.documentElement, ...elements]) observer.observe(element);
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
