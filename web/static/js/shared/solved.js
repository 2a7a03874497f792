// Which exercises the reader has solved, on the practice pages or in a lesson; kept in this browser only.

const KEY = "adexplain.practice";

/** Names of exercises, such as chain-7; right answers in a row, now and at best.
 * @typedef {{version: 1, solved: string[], shown: string[], streak: number, best: number}} Progress */

/** @returns {Progress} */
export const noProgress = () => ({ version: 1, solved: [], shown: [], streak: 0, best: 0 });

/**
 * Progress out of untrusted JSON; null if it is not valid.
 * @param {string | null} text
 * @returns {Progress | null}
 */
export function read(text) {
  try {
    const data = JSON.parse(text ?? "");
    const names = (/** @type {unknown} */ list) =>
      Array.isArray(list) && list.every((name) => /^[a-z]{1,12}-\d{1,9}$/.test(name)) && list.length < 100000;
    const count = (/** @type {unknown} */ number) => Number.isSafeInteger(number) && Number(number) >= 0;
    const fine = data.version === 1 && names(data.solved) && names(data.shown) && count(data.streak) && count(data.best);
    if (!fine) return null;
    return { version: 1, solved: data.solved, shown: data.shown, streak: data.streak, best: data.best };
  } catch {
    return null;
  }
}

/**
 * Progress after an exercise was solved or its solution was shown; only the first outcome counts.
 * @param {Progress} before
 * @param {string} exercise
 * @param {string} outcome
 * @returns {Progress}
 */
export function after(before, exercise, outcome) {
  const known = before.solved.includes(exercise) || before.shown.includes(exercise);
  if (known || !["right", "shown"].includes(outcome)) return before;
  if (outcome === "shown") return { ...before, shown: [...before.shown, exercise], streak: 0 };
  const streak = before.streak + 1;
  return { ...before, solved: [...before.solved, exercise], streak, best: Math.max(before.best, streak) };
}

/**
 * The progress in a few words.
 * @param {Progress} progress
 * @returns {string}
 */
export function describe(progress) {
  const count = progress.solved.length;
  if (!count && !progress.shown.length) return "Nothing solved yet.";
  const solved = `${count} ${count === 1 ? "exercise" : "exercises"} solved`;
  return `${solved}; ${progress.streak} in a row, ${progress.best} at best.`;
}

/** @returns {Progress} */
export function load() {
  try {
    return read(localStorage.getItem(KEY)) ?? noProgress();
  } catch {
    return noProgress(); // storage may be forbidden
  }
}

/** @param {Progress} progress */
export function save(progress) {
  try {
    localStorage.setItem(KEY, JSON.stringify(progress));
  } catch {
    // Without storage it lasts as long as the page.
  }
}
