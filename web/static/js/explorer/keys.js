// What moves from step to step: keys, buttons, the scrubber, a click on a number, and playing.
import { moved } from "./state.js";
import { go, place, steps } from "./stepper.js";

/** @typedef {import("./state.js").Move} Move */

const PLAY = 1100; // milliseconds for a step while it plays

/** The timer that plays. @type {number | undefined} */
let playing;

export function start() {
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKeyDown);
  document.addEventListener("pointerdown", onPointerDown);
}

/** @param {Move} move */
function makeMove(move) {
  pause();
  go(moved(place(), move, steps()));
}

/** @param {MouseEvent} event */
function onClick(event) {
  const target = event.target instanceof Element ? event.target : null;
  if (!target || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const key = /** @type {HTMLElement | null} */ (target.closest("[data-go]"));
  const link = /** @type {HTMLElement | null} */ (target.closest("[data-to]"));
  if (key) {
    event.preventDefault();
    const focused = document.activeElement === key;
    makeMove(/** @type {Move} */ (key.dataset.go));
    // "Show all" hides itself; the timeline takes the keyboard focus from it.
    if (focused && key.hidden) document.getElementById("tracks")?.focus({ preventScroll: true });
  } else if (link) {
    event.preventDefault();
    pause();
    go(Number(link.dataset.to));
  } else if (target.closest("#play")) {
    if (playing) pause();
    else play();
  } else if (document.getSelection()?.isCollapsed !== false && !target.closest("a, button, summary, input")) {
    // A click on a number, a node or a line of code goes to its step.
    const pointed = /** @type {HTMLElement | null} */ (target.closest(".ledger [data-step], .graph [data-step], .tab-panel [data-step]"));
    if (pointed?.dataset.step) go(Number(pointed.dataset.step));
  }
}

const KEYS = /** @type {Record<string, Move>} */ ({ ArrowLeft: "back", ArrowRight: "forward", Home: "first", End: "last", PageUp: "back", PageDown: "forward" });

/** @param {KeyboardEvent} event */
function onKeyDown(event) {
  const target = event.target instanceof Element ? event.target : null;
  if (!steps() || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (target?.closest("textarea, select, input, [contenteditable], dialog")) return;
  const pager = event.key.startsWith("Page");
  if (pager && !document.documentElement.classList.contains("projector")) return; // elsewhere they scroll the page
  const move = KEYS[event.key];
  const slides = target?.id === "tracks";
  if (move) {
    // A part of the page that scrolls keeps the keys that scroll it.
    const box = target?.closest(".scroller, pre, .formula, .ledger td[tabindex]");
    const [wide, tall] = box ? [box.scrollWidth > box.clientWidth + 1, box.scrollHeight > box.clientHeight + 1] : [];
    if (!pager && (wide || (tall && !event.key.startsWith("Arrow")))) return;
    event.preventDefault();
    makeMove(move);
  } else if (slides && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    event.preventDefault();
    makeMove(event.key === "ArrowUp" ? "forward" : "back");
  } else if (event.key === " " && (slides || !target?.closest("button, a, summary, [role=slider], .graph-view"))) {
    event.preventDefault();
    if (playing) pause();
    else play();
  } else if (event.key === "Escape" && place() !== null) {
    pause();
    go(null);
  }
}

/** The scrubber: press and drag along the timeline. @param {PointerEvent} event */
function onPointerDown(event) {
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

/** The step at a place along the timeline. @param {number} x @param {HTMLElement[]} parts @param {DOMRect[]} boxes */
function stepAt(x, parts, boxes) {
  if (x < boxes[0].left) return 0;
  const index = Math.max(0, boxes.findLastIndex((box) => box.left <= x));
  const [first, last] = [Number(parts[index].dataset.first), Number(parts[index].dataset.last)];
  const inside = (x - boxes[index].left) / Math.max(boxes[index].width, 1);
  return Math.min(last, first + Math.floor(inside * (last - first + 1)));
}

function play() {
  if (place() === null || place() === steps()) go(0);
  showButton(true);
  playing = window.setInterval(() => {
    const step = place();
    if (step === null || step >= steps()) return pause();
    go(step + 1);
  }, PLAY);
}

export function pause() {
  window.clearInterval(playing);
  if (playing) showButton(false);
  playing = undefined;
}

/** @param {boolean} on */
function showButton(on) {
  const button = document.getElementById("play");
  button?.setAttribute("aria-pressed", String(on));
}

/** Set the button again after its part of the page was replaced by the server's. */
export function showPlaying() {
  showButton(playing !== undefined);
}
