// The reader's progress in the exercises: shown, and exported to a file or imported from one.
import { describeLessons, forget, importProgress, load as loadLessons } from "../shared/progress.js";
import { byId } from "../shared/dom.js";
import { after, describe, load, noProgress, read, save } from "../shared/solved.js";

/** @typedef {import("../shared/solved.js").Progress} Progress */

/** @param {Progress} progress */
function show(progress, note = "") {
  const text = byId("progress-text");
  if (text) text.textContent = `${note}${describe(progress)}`;
  const lessons = describeLessons(loadLessons());
  const line = byId("progress-lessons");
  if (line) line.hidden = !lessons;
  const place = byId("progress-in-lessons");
  if (place) place.textContent = lessons;
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".count[data-level]"))) {
    const count = progress.solved.filter((name) => name.startsWith(`${place.dataset.level}-`)).length;
    place.hidden = !count;
    place.textContent = `${count} solved`;
  }
}

/** Download the progress as a file. @param {Progress} progress */
function download(progress) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify({ ...progress, lessons: loadLessons() }, null, 1)], { type: "application/json" }));
  link.download = "adexplain-practice.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function start() {
  const section = byId("progress");
  if (!section) return;
  let progress = load();
  const exercise = /** @type {HTMLElement | null} */ (document.querySelector(".one-exercise .exercise"));
  if (exercise) {
    const outcome = document.querySelector(".exercise-solution") && exercise.dataset.outcome === "wrong" ? "shown" : exercise.dataset.outcome;
    const updated = after(progress, exercise.dataset.exercise ?? "", outcome ?? "");
    if (updated !== progress) save((progress = updated));
    const field = /** @type {HTMLInputElement | null} */ (
      exercise.querySelector(".exercise-field:not(.is-right, .is-rounded) input")
    );
    const goal = ["right", "shown"].includes(outcome ?? "") ? byId("next") : field;
    goal?.focus({ preventScroll: true });
  }
  section.hidden = false;
  show(progress);
  const file = /** @type {HTMLInputElement} */ (byId("progress-file"));
  byId("progress-export")?.addEventListener("click", () => download(progress));
  byId("progress-import")?.addEventListener("click", () => file.click());
  byId("progress-forget")?.addEventListener("click", () => {
    if (!window.confirm("Forget what was solved here and in the lessons? Export keeps a copy.")) return;
    save((progress = noProgress()));
    forget();
    show(progress, "Forgotten. ");
  });
  file.addEventListener("change", async () => {
    const text = (await file.files?.[0]?.text()) ?? "";
    const found = read(text);
    if (found) {
      save((progress = found));
      importProgress(JSON.parse(text).lessons);
    }
    show(progress, found ? "Imported. " : "This file holds no progress of adexplain. ");
    file.value = "";
  });
}

start();
