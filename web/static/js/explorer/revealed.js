// How far each covered trace is revealed, kept for as long as the tab lives.

const KEY = "adexplain:told";

/** What identifies a trace: its function, point, mode, seeds and what is covered. How the page shows it,
 * and the current step, do not matter.
 * @param {URLSearchParams} pairs */
function keyOf(pairs) {
  const isDefault = (/** @type {string} */ name, /** @type {string} */ value) =>
    value.trim() === "" || (name === "mode" && value === "both") || (name.startsWith("at.") && value === "1");
  const own = [...pairs].filter(([name, value]) => /^(f|at|at\..*|mode|seed|bar|predict)$/s.test(name) && !isDefault(name, value));
  return JSON.stringify(own.sort());
}

/** @returns {Record<string, number>} */
function readAll() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
  } catch {
    return {}; // a frame on another site may have no storage
  }
}

/** The last step that was revealed; null if none was. @param {URLSearchParams} pairs */
export function revealedStep(pairs) {
  return pairs.has("predict") ? (readAll()[keyOf(pairs)] ?? null) : null;
}

/** The same as the header of a request. @param {URLSearchParams} pairs @returns {Record<string, string>} */
export function revealedHeader(pairs) {
  const step = revealedStep(pairs);
  return step === null ? {} : { "X-Adexplain-Told": String(step) };
}

/** @param {URLSearchParams} pairs @param {number | null} step the last one revealed, or null to cover all again */
export function remember(pairs, step) {
  const steps = readAll();
  if (step === null) delete steps[keyOf(pairs)];
  else steps[keyOf(pairs)] = Math.max(step, steps[keyOf(pairs)] ?? 0);
  try {
    sessionStorage.setItem(KEY, JSON.stringify(steps));
  } catch {
    // Without storage it lasts until the page is loaded again.
  }
}
