// What a person has solved: kept in this browser only, as a file to take away and bring back.

const KEY = "adexplain.practice";

/** @typedef {{version: 1, solved: string[], shown: string[], streak: number, best: number}} Progress */

/** @returns {Progress} */
const nothing = () => ({ version: 1, solved: [], shown: [], streak: 0, best: 0 });

/**
 * Progress out of a text; null where it is none.
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
 * Progress after an exercise was right or was shown. The first of the two counts, once.
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
 * @param {Progress} progress
 * @returns {string}
 */
export function told(progress) {
  const count = progress.solved.length;
  if (!count && !progress.shown.length) return "Nothing solved yet.";
  const solved = `${count} ${count === 1 ? "exercise" : "exercises"} solved`;
  return `${solved}; ${progress.streak} in a row, ${progress.best} at best.`;
}

/** @returns {Progress} */
function kept() {
  try {
    return read(localStorage.getItem(KEY)) ?? nothing();
  } catch {
    return nothing(); // storage may be forbidden
  }
}

/** @param {Progress} progress */
function keep(progress) {
  try {
    localStorage.setItem(KEY, JSON.stringify(progress));
  } catch {
    // then it lasts as long as the page
  }
}

/** @param {Progress} progress */
function show(progress, note = "") {
  const said = document.getElementById("progress-said");
  if (said) said.textContent = `${note}${told(progress)}`;
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".count[data-level]"))) {
    const count = progress.solved.filter((name) => name.startsWith(`${place.dataset.level}-`)).length;
    place.hidden = !count;
    place.textContent = `${count} solved`;
  }
}

/** @param {Progress} progress */
function save(progress) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(progress, null, 1)], { type: "application/json" }));
  link.download = "adexplain-practice.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function start() {
  const section = document.getElementById("progress");
  if (!section) return;
  let progress = kept();
  const exercise = /** @type {HTMLElement | null} */ (document.querySelector(".one-exercise .exercise"));
  if (exercise) {
    const outcome = document.querySelector(".exercise-solution") && exercise.dataset.outcome === "wrong" ? "shown" : exercise.dataset.outcome;
    const now = after(progress, exercise.dataset.exercise ?? "", outcome ?? "");
    if (now !== progress) keep((progress = now));
    const field = /** @type {HTMLInputElement | null} */ (
      exercise.querySelector(".exercise-field:not(.is-right, .is-rounded) input")
    );
    const goal = ["right", "shown"].includes(outcome ?? "") ? document.getElementById("next") : field;
    goal?.focus({ preventScroll: true });
  }
  section.hidden = false;
  show(progress);
  const file = /** @type {HTMLInputElement} */ (document.getElementById("progress-file"));
  document.getElementById("progress-export")?.addEventListener("click", () => save(progress));
  document.getElementById("progress-import")?.addEventListener("click", () => file.click());
  document.getElementById("progress-forget")?.addEventListener("click", () => {
    keep((progress = nothing()));
    show(progress, "Forgotten. ");
  });
  file.addEventListener("change", async () => {
    const found = read((await file.files?.[0]?.text()) ?? "");
    if (found) keep((progress = found));
    show(progress, found ? "Imported. " : "This file holds no progress of adexplain. ");
    file.value = "";
  });
}

if (typeof document !== "undefined") start();
