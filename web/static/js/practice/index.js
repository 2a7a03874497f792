// What a person has solved: shown, and as a file to take away and bring back.
import { all, forget, takeIn, toldLessons } from "../lessons/progress.js";
import { after, keep, kept, nothing, read, told } from "./solved.js";

/** @typedef {import("./solved.js").Progress} Progress */

/** @param {Progress} progress */
function show(progress, note = "") {
  const said = document.getElementById("progress-said");
  if (said) said.textContent = `${note}${told(progress)}`;
  const lessons = toldLessons(all());
  const beside = document.getElementById("progress-lessons");
  if (beside) beside.hidden = !lessons;
  const place = document.getElementById("progress-in-lessons");
  if (place) place.textContent = lessons;
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".count[data-level]"))) {
    const count = progress.solved.filter((name) => name.startsWith(`${place.dataset.level}-`)).length;
    place.hidden = !count;
    place.textContent = `${count} solved`;
  }
}

/** @param {Progress} progress */
function save(progress) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify({ ...progress, lessons: all() }, null, 1)], { type: "application/json" }));
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
    if (!window.confirm("Forget what was solved here and in the lessons? Export keeps a copy.")) return;
    keep((progress = nothing()));
    forget();
    show(progress, "Forgotten. ");
  });
  file.addEventListener("change", async () => {
    const text = (await file.files?.[0]?.text()) ?? "";
    const found = read(text);
    if (found) {
      keep((progress = found));
      takeIn(JSON.parse(text).lessons);
    }
    show(progress, found ? "Imported. " : "This file holds no progress of adexplain. ");
    file.value = "";
  });
}

start();
