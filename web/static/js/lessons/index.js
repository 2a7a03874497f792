// The list of lessons: the reader's progress in each, and which one is next.
import { byId } from "../shared/dom.js";
import { describeLesson, forget, load } from "../shared/progress.js";

const stored = load();
const entries = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".course > [data-lesson]")]);
let next = null;
for (const entry of entries) {
  const progress = stored[entry.dataset.lesson ?? ""];
  if (!progress?.read) next ??= entry;
  const text = describeLesson(progress);
  const place = /** @type {HTMLElement | null} */ (entry.querySelector(".lesson-progress"));
  if (!place || !text) continue;
  place.textContent = text;
  place.hidden = false;
}
const link = next?.querySelector("h2 a");
const nextLesson = byId("next-lesson");
if (nextLesson && link && Object.keys(stored).length) {
  const copy = document.createElement("a");
  copy.href = /** @type {HTMLAnchorElement} */ (link).href;
  copy.textContent = link.textContent;
  nextLesson.append("Next for you: ", copy);
  nextLesson.hidden = false;
  const forgetProgress = byId("forget-progress");
  if (forgetProgress) forgetProgress.hidden = false;
}
byId("forget")?.addEventListener("click", () => {
  if (!window.confirm("Forget which lessons were read, and what was answered in them?")) return;
  forget();
  location.reload();
});
