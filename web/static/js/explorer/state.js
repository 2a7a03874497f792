// The current step of a trace, and how moves change it. Pure functions: no document, no clock.

/** @typedef {number | null} Place a step from 0 to the total, or null if the whole trace is shown */
/** @typedef {{ kind: string, start: number, count: number }} Sweep */
/** @typedef {"first" | "back" | "forward" | "last" | "whole"} Move */

/** The step after a move. From the whole trace, forward begins at the first step.
 * @param {Place} step @param {Move} move @param {number} total @returns {Place} */
export function moved(step, move, total) {
  if (move === "whole") return null;
  if (move === "first") return 0;
  if (move === "last") return total;
  if (move === "forward") return step === null ? Math.min(1, total) : Math.min(step + 1, total);
  return step === null ? total : Math.max(step - 1, 0);
}

/** The step in an address; anything that is no number shows the whole trace.
 * @param {string | null} text @param {number} total @returns {Place} */
export function readPlace(text, total) {
  return text !== null && /^[0-9]{1,9}$/.test(text) ? Math.min(Number(text), total) : null;
}

/** The class of what step `number` computes, when the current step is `step`. From step `until` on
 * another element takes its place. server/html/step_attributes.py has the same rules.
 * @param {Place} step @param {number} number @param {number} [until] */
export function mark(step, number, until) {
  if (until !== undefined && (step === null || step >= until)) return "past";
  if (step === null || number < step) return "";
  if (number === step) return "now";
  return number === step + 1 ? "pending next" : "pending";
}

/** The sweep that a step belongs to and its position there; undefined before the first step.
 * @param {Place} step @param {Sweep[]} sweeps */
export function inSweep(step, sweeps) {
  if (!step) return undefined;
  const sweep = sweeps.findLast(({ start }) => start < step);
  return sweep && { ...sweep, position: step - sweep.start };
}

/** The step of another trace at the same position of the same sweep; null if there is none.
 * @param {Place} step @param {Sweep[]} before @param {Sweep[]} after @returns {Place} */
export function carriedOver(step, before, after) {
  const place = inSweep(step, before);
  if (!place) return step === 0 ? 0 : null;
  const sweep = after.find(({ kind }) => kind === place.kind);
  return sweep && place.position <= sweep.count ? sweep.start + place.position : null;
}

/** The first and last of the steps whose elements may look different after a move.
 * @param {Place} from @param {Place} to @param {number} total @returns {[number, number]} */
export function touched(from, to, total) {
  if (from === null || to === null) return [0, total];
  return [Math.min(from, to), Math.min(Math.max(from, to) + 1, total)];
}

/** The query of an address with its step set, or removed for null. @param {string} query @param {Place} step */
export function withStep(query, step) {
  const bare = query.replace(/([?&])step=[^&]*(&|$)/, (_, before, after) => (after ? before : ""));
  return step === null ? bare : `${bare}${bare.includes("?") ? "&" : "?"}step=${step}`;
}
