// Lecture mode: one page at a time, turned by the keys of a presenter remote, with the lecturer's
// notes in a second window that keeps step. Without this the links below each page turn it.
import { start as startQuestions } from "./questions.js";

const sheets = /** @type {HTMLElement} */ (document.querySelector(".sheets"));
const pages = /** @type {HTMLElement[]} */ ([...sheets.querySelectorAll(":scope > .sheet")]);
const { lesson = "", view = "lecture" } = sheets.dataset;
const channel = new BroadcastChannel(`adexplain-lecture-${lesson}`);
const opened = Date.now();
let page = Number(sheets.dataset.page);
let since = opened;

/** What windows tell each other. @typedef {{ page?: number, dark?: boolean, where?: boolean }} Letter */

const LARGEST = 30; // pixels of the text
const BESIDE = 23; // of the text beside a trace
const SMALLEST = 19;

startQuestions(() => {}, false);
document.addEventListener("keydown", pressed);
document.addEventListener("click", clicked);
window.addEventListener("resize", fit);
// A hint, an answer and what is said of one take room.
sheets.addEventListener("toggle", fit, true);
new MutationObserver(fit).observe(sheets, { childList: true, subtree: true });
window.addEventListener("popstate", () => show(Number(new URLSearchParams(location.search).get("page") ?? 1)));
channel.addEventListener("message", (event) => {
  const letter = /** @type {Letter} */ (event.data);
  if (letter.page) show(letter.page);
  if (letter.dark !== undefined) darken(letter.dark);
  if (letter.where && view === "lecture") channel.postMessage({ page });
});
if (view === "notes") {
  channel.postMessage({ where: true });
  document.getElementById("clock-again")?.addEventListener("click", () => {
    since = Date.now();
    tick();
  });
  window.setInterval(tick, 1000);
}
stay();
show(page);
document.fonts?.ready.then(fit);

/** Turn to a page, here and in the other window. @param {number} next */
function turn(next) {
  const wanted = Math.min(Math.max(next, 1), pages.length);
  darken(false);
  channel.postMessage({ page: wanted, dark: false });
  if (wanted !== page) show(wanted);
}

/** @param {number} next */
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
  enliven(pages[page - 1]);
  const following = pages[page];
  if (following) window.setTimeout(() => enliven(following), 300); // it is ready in time
  pages[page - 1].scrollTop = 0;
  fit();
}

/** The links of a page lead from the page shown. @param {HTMLAnchorElement} link */
function follow(link) {
  const to = { back: page - 1, forward: page + 1 }[link.dataset.turn ?? ""] ?? page;
  const address = new URL(link.href);
  if (link.dataset.leave !== undefined) address.hash = `page-${Math.max(page - 1, 1)}`;
  else address.searchParams.set("page", String(Math.min(Math.max(to, 1), pages.length)));
  link.href = address.href;
}

/** The traces of a page, large. @param {HTMLElement} sheet */
function enliven(sheet) {
  for (const figure of /** @type {NodeListOf<HTMLElement>} */ (sheet.querySelectorAll("figure.live[data-frame]:not(.alive)"))) {
    const frame = document.createElement("iframe");
    // The answer stands in the last rows: there is no room to say it twice.
    const shown = figure.dataset.frame?.includes("&show=") ? "" : "&show=table,graph,step";
    frame.src = `${figure.dataset.frame}&view=projector${shown}`;
    frame.title = figure.dataset.title ?? "";
    frame.addEventListener("load", () => {
      figure.classList.add("alive");
      frame.contentWindow?.addEventListener("keydown", inTrace, true);
      fit();
    });
    figure.querySelector(".still")?.before(frame);
    figure.classList.add("alive");
  }
}

/** From lesson to lesson in the same view. */
function stay() {
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (sheets.querySelectorAll('a[href^="/lessons/"]'))) {
    if (!link.pathname.endsWith("/glossary")) link.search = `?view=${view}`;
  }
}

/** The largest type in which the page is whole; a page that is too long for any scrolls. */
function fit() {
  if (view === "notes") return;
  const sheet = pages[page - 1];
  const largest = sheet.classList.contains("with-trace") ? BESIDE : LARGEST;
  for (let size = largest; size >= SMALLEST; size -= 1) {
    sheet.style.setProperty("--body", `${size}px`);
    if (sheet.scrollHeight <= sheet.clientHeight + 1 && sheet.scrollWidth <= sheet.clientWidth + 1) break;
  }
}

/** @param {KeyboardEvent} event */
function pressed(event) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const target = event.target instanceof Element ? event.target : null;
  const paging = event.key.startsWith("Page");
  if (!paging && target?.closest("input, textarea, select")) return;
  if (event.key === " " && target?.closest("a, button, summary, label")) return;
  if (event.key === "Enter" && target === document.body) return enterTrace(event);
  const turned = turnOf(event);
  if (turned !== null) {
    event.preventDefault();
    return turn(turned);
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

/** The page a key turns to, null if it turns none. @param {KeyboardEvent} event */
function turnOf(event) {
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

/** Enter leads into the trace of the page. @param {KeyboardEvent} event */
function enterTrace(event) {
  const frame = pages[page - 1].querySelector("iframe");
  if (!frame) return;
  event.preventDefault();
  frame.focus();
}

/** In the trace the same keys step; at its ends they turn the page, and Esc leaves it.
 * @param {KeyboardEvent} event */
function inTrace(event) {
  const inside = /** @type {Document | undefined} */ (pages[page - 1].querySelector("iframe")?.contentDocument);
  const line = inside?.getElementById("timeline");
  if (!inside || !line || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "b" || event.key === "B") return pressed(event);
  if (event.key === "Escape") {
    event.preventDefault();
    event.stopImmediatePropagation();
    /** @type {HTMLElement | null} */ (inside.activeElement)?.blur();
    document.getElementById("main")?.focus({ preventScroll: true });
    return;
  }
  if (event.key !== "PageDown" && event.key !== "PageUp") return;
  const telling = inside.documentElement.classList;
  const over = event.key === "PageDown" ? telling.contains("stepping") && !telling.contains("telling") : !telling.contains("stepping");
  if (!over) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  document.getElementById("main")?.focus({ preventScroll: true });
  turn(event.key === "PageDown" ? page + 1 : page - 1);
}

/** @param {MouseEvent} event */
function clicked(event) {
  const link = event.target instanceof Element ? event.target.closest("[data-turn]") : null;
  if (!(link instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  turn(page + (link.dataset.turn === "forward" ? 1 : -1));
}

/** A dark screen, so that everybody looks at the lecturer. @param {boolean} dark */
function darken(dark) {
  if (view === "lecture") document.documentElement.classList.toggle("dark-screen", dark);
}

function tick() {
  const seconds = Math.floor((Date.now() - since) / 1000);
  write("clock", `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`);
}

/** @param {string} id @param {string} text */
function write(id, text) {
  const element = document.getElementById(id);
  if (element) element.textContent = text;
}
