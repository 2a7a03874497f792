// Lecture mode: one page at a time, turned by the keys of a presenter remote. A second window shows the
// lecturer's notes and stays at the same page. Without scripts the links below each page turn it.
import { byId } from "../shared/dom.js";
import { start as startQuestions } from "./questions.js";

const sheets = /** @type {HTMLElement} */ (document.querySelector(".sheets"));
const pages = /** @type {HTMLElement[]} */ ([...sheets.querySelectorAll(":scope > .sheet")]);
const { lesson = "", view = "lecture" } = sheets.dataset;
const channel = new BroadcastChannel(`adexplain-lecture-${lesson}`);
const opened = Date.now();
let page = Number(sheets.dataset.page);
let clockStart = opened;

/** What the windows send each other: the page, whether the screen is dark, or (`where`) the question
 * which page it is.
 * @typedef {{ page?: number, dark?: boolean, where?: boolean }} Message */

// Sizes of the text, in pixels.
const LARGEST = 30;
const LARGEST_WITH_TRACE = 23;
const SMALLEST = 19;

startQuestions(() => {}, false);
document.addEventListener("keydown", onKeyDown);
document.addEventListener("click", onClick);
window.addEventListener("resize", fit);
// Hints, answers and verdicts change the height of a page.
sheets.addEventListener("toggle", fit, true);
new MutationObserver(fit).observe(sheets, { childList: true, subtree: true });
window.addEventListener("popstate", () => show(Number(new URLSearchParams(location.search).get("page") ?? 1)));
channel.addEventListener("message", (event) => {
  const message = /** @type {Message} */ (event.data);
  if (message.page) show(message.page);
  if (message.dark !== undefined) darken(message.dark);
  if (message.where && view === "lecture") channel.postMessage({ page });
});
if (view === "notes") {
  channel.postMessage({ where: true });
  byId("clock-again")?.addEventListener("click", () => {
    clockStart = Date.now();
    tick();
  });
  window.setInterval(tick, 1000);
}
keepView();
show(page);
document.fonts?.ready.then(fit);

/** Turn to a page, here and in the other window. @param {number} next */
function turn(next) {
  const wanted = Math.min(Math.max(next, 1), pages.length);
  darken(false);
  channel.postMessage({ page: wanted, dark: false });
  if (wanted !== page) show(wanted);
}

/** Show a page in this window. @param {number} next */
function show(next) {
  page = Math.min(Math.max(next, 1), pages.length);
  for (const [index, sheet] of pages.entries()) sheet.classList.toggle("current", index + 1 === page);
  const address = new URL(location.href);
  address.searchParams.set("page", String(page));
  history.replaceState(null, "", address);
  write("at-page", String(page));
  write("page-spoken", `Page ${page} of ${pages.length}`);
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".pager a"))) follow(link);
  if (view === "notes") return;
  addFrames(pages[page - 1]);
  const following = pages[page];
  if (following) window.setTimeout(() => addFrames(following), 300); // loaded before the page is turned
  pages[page - 1].scrollTop = 0;
  fit();
}

/** Make a link of the pager lead from the current page. @param {HTMLAnchorElement} link */
function follow(link) {
  const to = { back: page - 1, forward: page + 1 }[link.dataset.turn ?? ""] ?? page;
  const address = new URL(link.href);
  if (link.dataset.leave !== undefined) address.hash = `page-${Math.max(page - 1, 1)}`;
  else address.searchParams.set("page", String(Math.min(Math.max(to, 1), pages.length)));
  link.href = address.href;
}

/** Show the live traces of a page, in the projector view. @param {HTMLElement} sheet */
function addFrames(sheet) {
  for (const figure of /** @type {NodeListOf<HTMLElement>} */ (sheet.querySelectorAll("figure.live[data-frame]:not(.loaded)"))) {
    const frame = document.createElement("iframe");
    // No answer panel: the last rows of the table hold the answer, and there is little room.
    const shown = figure.dataset.frame?.includes("&show=") ? "" : "&show=table,graph,step";
    frame.src = `${figure.dataset.frame}&view=projector${shown}`;
    frame.title = figure.dataset.title ?? "";
    frame.addEventListener("load", () => {
      figure.classList.add("loaded");
      frame.contentWindow?.addEventListener("keydown", inTrace, true);
      fit();
    });
    figure.querySelector(".static-trace")?.before(frame);
    figure.classList.add("loaded");
  }
}

/** Make links to other lessons keep the view. */
function keepView() {
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (sheets.querySelectorAll('a[href^="/lessons/"]'))) {
    if (!link.pathname.endsWith("/glossary")) link.search = `?view=${view}`;
  }
}

/** Set the largest text in which the page fits the screen. A page too long for the smallest one scrolls. */
function fit() {
  if (view === "notes") return;
  const sheet = pages[page - 1];
  const largest = sheet.classList.contains("with-trace") ? LARGEST_WITH_TRACE : LARGEST;
  for (let size = largest; size >= SMALLEST; size -= 1) {
    sheet.style.setProperty("--body", `${size}px`);
    if (sheet.scrollHeight <= sheet.clientHeight + 1 && sheet.scrollWidth <= sheet.clientWidth + 1) break;
  }
}

/** @param {KeyboardEvent} event */
function onKeyDown(event) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const target = event.target instanceof Element ? event.target : null;
  const paging = event.key.startsWith("Page");
  if (!paging && target?.closest("input, textarea, select")) return;
  if (event.key === " " && target?.closest("a, button, summary, label")) return;
  if (event.key === "Enter" && target === document.body) return enterTrace(event);
  const next = nextPage(event);
  if (next !== null) {
    event.preventDefault();
    return turn(next);
  }
  if (event.key === "b" || event.key === "B" || event.key === ".") {
    const dark = !document.documentElement.classList.contains("dark-screen");
    darken(dark);
    channel.postMessage({ dark });
  } else if (event.key === "Escape") {
    if (document.documentElement.classList.contains("dark-screen")) return darken(false);
    if (view === "lecture") /** @type {HTMLElement | null} */ (document.querySelector("[data-leave]"))?.click();
  } else if ((event.key === "f" || event.key === "F") && view === "lecture") {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.();
  }
}

/** The page a key turns to; null if it turns to none. @param {KeyboardEvent} event */
function nextPage(event) {
  switch (event.key) {
    case "PageDown":
    case "ArrowRight":
      return page + 1;
    case " ":
      return event.shiftKey ? page - 1 : page + 1;
    case "PageUp":
    case "ArrowLeft":
      return page - 1;
    case "Home":
      return 1;
    case "End":
      return pages.length;
    default:
      return null;
  }
}

/** Focus the trace of the page. @param {KeyboardEvent} event */
function enterTrace(event) {
  const frame = pages[page - 1].querySelector("iframe");
  if (!frame) return;
  event.preventDefault();
  frame.focus();
}

/** Keys inside the trace: PageUp and PageDown step, and turn the page at the ends; Escape leaves the trace.
 * @param {KeyboardEvent} event */
function inTrace(event) {
  const inside = /** @type {Document | undefined} */ (pages[page - 1].querySelector("iframe")?.contentDocument);
  const line = inside?.getElementById("timeline");
  if (!inside || !line || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "b" || event.key === "B") return onKeyDown(event);
  if (event.key === "Escape") {
    event.preventDefault();
    event.stopImmediatePropagation();
    /** @type {HTMLElement | null} */ (inside.activeElement)?.blur();
    byId("main")?.focus({ preventScroll: true });
    return;
  }
  if (event.key !== "PageDown" && event.key !== "PageUp") return;
  const state = inside.documentElement.classList;
  const atEnd = event.key === "PageDown" ? state.contains("stepping") && !state.contains("before-end") : !state.contains("stepping");
  if (!atEnd) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  byId("main")?.focus({ preventScroll: true });
  turn(event.key === "PageDown" ? page + 1 : page - 1);
}

/** @param {MouseEvent} event */
function onClick(event) {
  const link = event.target instanceof Element ? event.target.closest("[data-turn]") : null;
  if (!(link instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  turn(page + (link.dataset.turn === "forward" ? 1 : -1));
}

/** Make the screen dark or light again, so that everybody looks at the lecturer. @param {boolean} dark */
function darken(dark) {
  if (view === "lecture") document.documentElement.classList.toggle("dark-screen", dark);
}

/** Show the time since the clock was started. */
function tick() {
  const seconds = Math.floor((Date.now() - clockStart) / 1000);
  write("clock", `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`);
}

/** @param {string} id @param {string} text */
function write(id, text) {
  const element = byId(id);
  if (element) element.textContent = text;
}
