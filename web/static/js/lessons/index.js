// The list of lessons: how far this reader is, and what is next.
import { all, forget, toldLesson } from "./progress.js";

const kept = all();
const entries = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".course > [data-lesson]")]);
let next = null;
for (const entry of entries) {
  const progress = kept[entry.dataset.lesson ?? ""];
  if (!progress?.read) next ??= entry;
  const text = toldLesson(progress);
  const place = /** @type {HTMLElement | null} */ (entry.querySelector(".so-far"));
  if (!place || !text) continue;
  place.textContent = text;
  place.hidden = false;
}
const link = next?.querySelector("h2 a");
const standing = document.getElementById("standing");
if (standing && link && Object.keys(kept).length) {
  const copy = document.createElement("a");
  copy.href = /** @type {HTMLAnchorElement} */ (link).href;
  copy.textContent = link.textContent;
  standing.append("Next for you: ", copy);
  standing.hidden = false;
  const forgetting = document.getElementById("forgetting");
  if (forgetting) forgetting.hidden = false;
}
document.getElementById("forget")?.addEventListener("click", () => {
  if (!window.confirm("Forget which lessons were read, and what was answered in them?")) return;
  forget();
  location.reload();
});
