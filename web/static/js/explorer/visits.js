// The browser's history: an entry for each finished state of the page, so that back returns to it.
import { withStep } from "./state.js";
import { place } from "./stepper.js";

/** @typedef {"replace" | "push" | "none"} History a draft, a finished state, or no new state */

/** A state: its address, and its query if that is too long for an address.
 * @typedef {{ address: string, query?: string }} Entry */

const QUIET = 200; // milliseconds without a newer draft before one is written: browsers refuse frequent changes

/** @type {number | undefined} */
let timer;
/** @type {Entry | undefined} */
let newest;

/** Record a state. The first draft after a finished state begins a new entry; later drafts, and the
 * next finished state, change that entry. A query too long for an address is kept in the entry.
 * @param {string | undefined} address undefined if the query is too long for one
 * @param {History} history @param {URLSearchParams} query */
export function record(address, history, query) {
  clear();
  newest = history === "none" ? undefined : address ? { address } : { address: "/", query: withoutStep(query) };
  if (!newest) return;
  if (history === "push") return settle();
  if (!window.history.state?.draft && !isHere(newest)) enter(newest, true);
  timer = window.setTimeout(() => {
    addStep();
    write(true);
  }, QUIET);
}

/** Turn the draft into a finished state. */
export function finishDraft() {
  addStep();
  settle();
}

/** Set the newest state's step to the current one, which may have changed since it was recorded. */
function addStep() {
  if (newest) newest.address = withStep(newest.address, place());
}

function settle() {
  if (window.history.state?.draft || !newest || isHere(newest)) return write(false);
  clear();
  enter(newest, false);
  newest = undefined;
}

/** The query that the current entry holds, because it is too long for an address.
 * @returns {URLSearchParams | undefined} */
export function storedQuery() {
  const query = window.history.state?.query;
  if (typeof query !== "string") return undefined;
  const pairs = new URLSearchParams(query);
  const step = new URLSearchParams(location.search).get("step");
  if (step !== null) pairs.set("step", step);
  return pairs;
}

/** Forget a draft that is not written yet: the browser has gone to another entry. */
export function dropDraft() {
  clear();
  newest = undefined;
}

/** @param {Entry} entry @param {boolean} draft */
function enter({ address, query }, draft) {
  window.history.pushState({ draft, query }, "", address);
}

/** @param {boolean} draft */
function write(draft) {
  clear();
  if (draft && !window.history.state?.draft) return; // finished, or the entry was left, in the meantime
  const { address, query } = newest ?? { address: here(), query: window.history.state?.query };
  window.history.replaceState({ draft, query }, "", address);
  newest = undefined;
}

function clear() {
  window.clearTimeout(timer);
  timer = undefined;
}

function here() {
  return location.pathname + location.search;
}

/** Whether a state is the current entry's, at whatever step. @param {Entry} entry */
function isHere({ address, query }) {
  return withStep(address, null) === withStep(here(), null) && query === (window.history.state?.query ?? undefined);
}

/** @param {URLSearchParams} query */
function withoutStep(query) {
  const pairs = new URLSearchParams(query);
  pairs.delete("step");
  return String(pairs);
}
