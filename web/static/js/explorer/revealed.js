// How far a covered trace is uncovered: kept while the tab lives, for each function at each point.

const WHERE = "adexplain:told";

/** What makes one trace of it; how a page shows it, and where the telling stands, play no part.
 * @param {URLSearchParams} pairs */
function keyOf(pairs) {
  const usual = (/** @type {string} */ name, /** @type {string} */ value) =>
    value.trim() === "" || (name === "mode" && value === "both") || (name.startsWith("at.") && value === "1");
  const own = [...pairs].filter(([name, value]) => /^(f|at|at\..*|mode|seed|bar|predict)$/s.test(name) && !usual(name, value));
  return JSON.stringify(own.sort());
}

/** @returns {Record<string, number>} */
function all() {
  try {
    return JSON.parse(sessionStorage.getItem(WHERE) ?? "{}");
  } catch {
    return {}; // a frame that may keep nothing
  }
}

/** The last step that was uncovered; null where none was. @param {URLSearchParams} pairs */
export function toldOf(pairs) {
  return pairs.has("predict") ? (all()[keyOf(pairs)] ?? null) : null;
}

/** The same, as a header of a request. @param {URLSearchParams} pairs @returns {Record<string, string>} */
export function tell(pairs) {
  const told = toldOf(pairs);
  return told === null ? {} : { "X-Adexplain-Told": String(told) };
}

/** @param {URLSearchParams} pairs @param {number | null} told a step, or null to begin anew */
export function remember(pairs, told) {
  const known = all();
  if (told === null) delete known[keyOf(pairs)];
  else known[keyOf(pairs)] = Math.max(told, known[keyOf(pairs)] ?? 0);
  try {
    sessionStorage.setItem(WHERE, JSON.stringify(known));
  } catch {
    // It lasts until the page is loaded anew.
  }
}
