// The browser's list of visits: an entry for each finished state, so that back returns to it.

/** @typedef {"replace" | "push" | "none"} History a draft, a finished state, or no new state */

const QUIET = 200; // milliseconds without a new draft before one is noted: browsers refuse a flood

/** @type {number | undefined} */
let timer;
let newest = "";

/** Note a state. The first draft after a finished state begins a new entry; the next ones, and the
 * finished state itself, change it. @param {string | undefined} address @param {History} history */
export function record(address, history) {
  clear();
  newest = history === "none" ? "" : address ?? "";
  if (!newest) return;
  if (history === "push") return settled();
  if (!window.history.state?.draft && address !== here()) {
    window.history.pushState({ draft: true }, "", address);
  }
  timer = window.setTimeout(() => write(true), QUIET);
}

/** The draft is finished. */
export function settled() {
  if (window.history.state?.draft || !newest || newest === here()) return write(false);
  clear();
  window.history.pushState({ draft: false }, "", newest);
  newest = "";
}

/** @param {boolean} draft */
function write(draft) {
  clear();
  if (draft && !window.history.state?.draft) return; // finished, or left, in the meantime
  window.history.replaceState({ draft }, "", newest || here());
  newest = "";
}

function clear() {
  window.clearTimeout(timer);
  timer = undefined;
}

function here() {
  return location.pathname + location.search;
}
