// The browser's list of visits: an entry for each finished state, so that back returns to it.
import { withStep } from "./state.js";
import { place } from "./stepper.js";

/** @typedef {"replace" | "push" | "none"} History a draft, a finished state, or no new state */

/** A state: its address, and what was asked for where no address can hold it.
 * @typedef {{ address: string, asked?: string }} Entry */

const QUIET = 200; // milliseconds without a new draft before one is noted: browsers refuse a flood

/** @type {number | undefined} */
let timer;
/** @type {Entry | undefined} */
let newest;

/** Note a state. The first draft after a finished state begins a new entry; the next ones, and the
 * finished state itself, change it. What is too long for an address stands beside a bare one.
 * @param {string | undefined} address @param {History} history @param {URLSearchParams} asked */
export function record(address, history, asked) {
  clear();
  newest = history === "none" ? undefined : address ? { address } : { address: "/", asked: withoutStep(asked) };
  if (!newest) return;
  if (history === "push") return settle();
  if (!window.history.state?.draft && !isHere(newest)) enter(newest, true);
  timer = window.setTimeout(() => {
    takePlace();
    write(true);
  }, QUIET);
}

/** The draft is finished. */
export function settled() {
  takePlace();
  settle();
}

/** The telling may have gone on since the state was noted: its place is that of the page. */
function takePlace() {
  if (newest) newest.address = withStep(newest.address, place());
}

function settle() {
  if (window.history.state?.draft || !newest || isHere(newest)) return write(false);
  clear();
  enter(newest, false);
  newest = undefined;
}

/** What an entry without an address of its own was asked for. @returns {URLSearchParams | undefined} */
export function kept() {
  const asked = window.history.state?.asked;
  if (typeof asked !== "string") return undefined;
  const pairs = new URLSearchParams(asked);
  const step = new URLSearchParams(location.search).get("step");
  if (step !== null) pairs.set("step", step);
  return pairs;
}

/** Another entry is shown: what was to be noted belongs to the one that was left. */
export function left() {
  clear();
  newest = undefined;
}

/** @param {Entry} entry @param {boolean} draft */
function enter({ address, asked }, draft) {
  window.history.pushState({ draft, asked }, "", address);
}

/** @param {boolean} draft */
function write(draft) {
  clear();
  if (draft && !window.history.state?.draft) return; // finished, or left, in the meantime
  const { address, asked } = newest ?? { address: here(), asked: window.history.state?.asked };
  window.history.replaceState({ draft, asked }, "", address);
  newest = undefined;
}

function clear() {
  window.clearTimeout(timer);
  timer = undefined;
}

function here() {
  return location.pathname + location.search;
}

/** Whether a state is the one that is shown; how far it is told makes no other. @param {Entry} entry */
function isHere({ address, asked }) {
  return withStep(address, null) === withStep(here(), null) && asked === (window.history.state?.asked ?? undefined);
}

/** @param {URLSearchParams} asked */
function withoutStep(asked) {
  const pairs = new URLSearchParams(asked);
  pairs.delete("step");
  return String(pairs);
}
