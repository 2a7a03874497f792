// A lesson to read: its tables become traces that step, its questions are judged, and how far a
// reader is stays in the browser. The page is complete without any of it.
import { readCharts } from "../shared/chart.js";
import { enliven } from "./live_traces.js";
import { note, noteRight } from "./progress.js";
import { start as startQuestions } from "./questions.js";
import { after, keep, kept } from "../practice/solved.js";

const lesson = /** @type {HTMLElement | null} */ (document.querySelector(".lesson[data-lesson]"));

startQuestions((question, outcome) => {
  const { question: key = "", exercise } = question.dataset;
  if (outcome === "right") noteRight(lesson?.dataset.lesson ?? "", key);
  if (exercise) keep(after(kept(), exercise, outcome)); // it is one of the practice pages, too
}, true);
readCharts(document.body);
enliven((frame, figure) => {
  frame.src = figure.dataset.frame ?? "";
});
watchEnd();

/** Who reaches the end has read the lesson. */
function watchEnd() {
  const end = document.getElementById("end");
  if (!lesson || !end) return;
  const slug = lesson.dataset.lesson ?? "";
  note(slug, (progress) => {
    progress.questions = Number(lesson.dataset.questions);
    progress.tasks = Number(lesson.dataset.tasks);
  });
  const observer = new IntersectionObserver(([entry]) => {
    if (!entry.isIntersecting) return;
    note(slug, (progress) => {
      progress.read = true;
    });
    observer.disconnect();
  });
  observer.observe(end);
}
