// What moves the telling: keys, buttons, the scrubber, a click on a number, and time.
import { moved } from "./state.js";
import { go, place, steps } from "./stepper.js";

/** @typedef {import("./state.js").Move} Move */

const PLAY = 1100; // milliseconds a step while it plays

/** @type {number | undefined} */
let playing;

export function start() {
  document.addEventListener("click", clicked);
  document.addEventListener("keydown", pressed);
  document.addEventListener("pointerdown", grabbed);
}

/** @param {Move} move */
function take(move) {
  pause();
  go(moved(place(), move, steps()));
}

/** @param {MouseEvent} event */
function clicked(event) {
  const target = event.target instanceof Element ? event.target : null;
  if (!target || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const key = /** @type {HTMLElement | null} */ (target.closest("[data-go]"));
  const link = /** @type {HTMLElement | null} */ (target.closest("[data-to]"));
  if (key) {
    event.preventDefault();
    const focused = document.activeElement === key;
    take(/** @type {Move} */ (key.dataset.go));
    // "Show all" hides itself: who came by keyboard goes on from the line of steps.
    if (focused && key.hidden) document.getElementById("tracks")?.focus({ preventScroll: true });
  } else if (link) {
    event.preventDefault();
    pause();
    go(Number(link.dataset.to));
  } else if (target.closest("#play")) {
    if (playing) pause();
    else play();
  } else if (document.getSelection()?.isCollapsed !== false && !target.closest("a, button, summary, input")) {
    // What a person points at is told up to there.
    const pointed = target.closest(".ledger [data-step], .graph [data-step], .listing [data-step], .graph [data-node-step]");
    const { step: number, nodeStep } = pointed instanceof Element ? /** @type {HTMLElement} */ (pointed).dataset : {};
    if (number ?? nodeStep) go(Number(number ?? nodeStep));
  }
}

const KEYS = /** @type {Record<string, Move>} */ ({ ArrowLeft: "back", ArrowRight: "forward", Home: "first", End: "last", PageUp: "back", PageDown: "forward" });

/** @param {KeyboardEvent} event */
function pressed(event) {
  const target = event.target instanceof Element ? event.target : null;
  if (!steps() || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (target?.closest("textarea, select, input, [contenteditable], dialog")) return;
  const pager = event.key.startsWith("Page");
  if (pager && !document.documentElement.classList.contains("projector")) return; // they scroll a page
  const move = KEYS[event.key];
  const slides = target?.id === "tracks";
  if (move) {
    // A box that scrolls keeps the keys it scrolls by.
    const box = target?.closest(".scroller, pre, .formula, .ledger td[tabindex]");
    const [wide, tall] = box ? [box.scrollWidth > box.clientWidth + 1, box.scrollHeight > box.clientHeight + 1] : [];
    if (!pager && (wide || (tall && !event.key.startsWith("Arrow")))) return;
    event.preventDefault();
    take(move);
  } else if (slides && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    event.preventDefault();
    take(event.key === "ArrowUp" ? "forward" : "back");
  } else if (event.key === " " && (slides || !target?.closest("button, a, summary, [role=slider], .graph-view"))) {
    event.preventDefault();
    if (playing) pause();
    else play();
  } else if (event.key === "Escape" && place() !== null) {
    pause();
    go(null);
  }
}

/** The scrubber: press and drag along the line. @param {PointerEvent} event */
function grabbed(event) {
  const tracks = event.target instanceof Element ? event.target.closest("#tracks") : null;
  if (!(tracks instanceof HTMLElement) || event.button) return;
  pause();
  tracks.setPointerCapture(event.pointerId);
  const parts = /** @type {HTMLElement[]} */ ([...tracks.querySelectorAll(".part")]);
  const boxes = parts.map((part) => part.getBoundingClientRect());
  let wanted = event.clientX;
  let frame = 0;
  const follow = () => {
    frame = 0;
    go(stepAt(wanted, parts, boxes));
  };
  const drag = (/** @type {PointerEvent} */ moved) => {
    wanted = moved.clientX;
    frame ||= requestAnimationFrame(follow);
  };
  tracks.addEventListener("pointermove", drag);
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) {
    tracks.addEventListener(end, () => tracks.removeEventListener("pointermove", drag), { once: true });
  }
  follow();
  event.preventDefault();
  tracks.focus({ preventScroll: true });
}

/** @param {number} x @param {HTMLElement[]} parts @param {DOMRect[]} boxes */
function stepAt(x, parts, boxes) {
  if (x < boxes[0].left) return 0;
  const index = Math.max(0, boxes.findLastIndex((box) => box.left <= x));
  const [first, last] = [Number(parts[index].dataset.first), Number(parts[index].dataset.last)];
  const inside = (x - boxes[index].left) / Math.max(boxes[index].width, 1);
  return Math.min(last, first + Math.floor(inside * (last - first + 1)));
}

function play() {
  if (place() === null || place() === steps()) go(0);
  shown(true);
  playing = window.setInterval(() => {
    const step = place();
    if (step === null || step >= steps()) return pause();
    go(step + 1);
  }, PLAY);
}

export function pause() {
  window.clearInterval(playing);
  if (playing) shown(false);
  playing = undefined;
}

/** @param {boolean} on */
function shown(on) {
  const button = document.getElementById("play");
  button?.setAttribute("aria-pressed", String(on));
}

/** The button was exchanged with its part of the page: the server does not know that it plays. */
export function showPlaying() {
  shown(playing !== undefined);
}
