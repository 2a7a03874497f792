// A lesson: its tables become live traces, its questions are judged, and the reader's progress is kept in
// the browser. The page is complete without scripts.
import { readCharts } from "../shared/chart.js";
import { addFrames } from "./live_traces.js";
import { recordSolved, update } from "../shared/progress.js";
import { start as startQuestions } from "./questions.js";
import { after, load, save } from "../shared/solved.js";

const lesson = /** @type {HTMLElement | null} */ (document.querySelector(".lesson[data-lesson]"));

startQuestions((question, outcome) => {
  const { question: key = "", exercise } = question.dataset;
  if (outcome === "right") recordSolved(lesson?.dataset.lesson ?? "", key);
  if (exercise) save(after(load(), exercise, outcome)); // the practice pages count it as well
}, true);
readCharts(document.body);
addFrames((frame, figure) => {
  frame.src = figure.dataset.frame ?? "";
});
watchEnd();

/** Record how much the lesson holds, and that it was read once its end was on the screen. */
function watchEnd() {
  const end = document.getElementById("end");
  if (!lesson || !end) return;
  const slug = lesson.dataset.lesson ?? "";
  update(slug, (progress) => {
    progress.questions = Number(lesson.dataset.questions);
    progress.tasks = Number(lesson.dataset.tasks);
  });
  const observer = new IntersectionObserver(([entry]) => {
    if (!entry.isIntersecting) return;
    update(slug, (progress) => {
      progress.read = true;
    });
    observer.disconnect();
  });
  observer.observe(end);
}
