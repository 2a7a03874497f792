// How far a reader of the lessons is: kept in this browser and nowhere else.

/** Of one lesson: whether it was read to its end, which questions were answered, what else in it was
 * solved (e1: an exercise; c1: a mistake to be found), and how many of either there are.
 * @typedef {{ read?: boolean, right?: number[], questions?: number, solved?: string[], tasks?: number }} Progress */

const KEY = "adexplain.lessons";

/** What is kept, by lesson. @returns {Record<string, Progress>} */
export function all() {
  try {
    return readLessons(JSON.parse(localStorage.getItem(KEY) ?? "{}"));
  } catch {
    return {};
  }
}

/** The progress in something that claims to be it; what makes no sense is left out.
 * @param {unknown} data @returns {Record<string, Progress>} */
export function readLessons(data) {
  if (data === null || typeof data !== "object" || Array.isArray(data)) return {};
  const count = (/** @type {unknown} */ number) => Number.isSafeInteger(number) && Number(number) >= 0 && Number(number) < 1000;
  const list = (/** @type {unknown} */ items, /** @type {(item: any) => boolean} */ fine) => Array.isArray(items) && items.length < 1000 && items.every(fine);
  /** @type {Record<string, Progress>} */
  const found = {};
  for (const [lesson, kept] of Object.entries(data)) {
    if (!/^[a-z\d][\w-]{0,80}$/.test(lesson) || kept === null || typeof kept !== "object") continue;
    found[lesson] = {
      ...(kept.read === true && { read: true }),
      ...(list(kept.right, count) && { right: kept.right }),
      ...(count(kept.questions) && { questions: kept.questions }),
      ...(list(kept.solved, (item) => /^[ce]\d{1,3}$/.test(item)) && { solved: kept.solved }),
      ...(count(kept.tasks) && { tasks: kept.tasks }),
    };
  }
  return found;
}

/** @param {Record<string, Progress>} progress */
function keep(progress) {
  try {
    localStorage.setItem(KEY, JSON.stringify(progress));
  } catch {
    // A browser that keeps nothing still shows the lesson.
  }
}

/** Note something about a lesson. @param {string} lesson @param {(progress: Progress) => void} change */
export function note(lesson, change) {
  const kept = all();
  change((kept[lesson] ??= {}));
  keep(kept);
}

/** Note that a question was answered, or that something else was solved.
 * @param {string} lesson @param {string} key its number, or e1, or c1 */
export function noteRight(lesson, key) {
  note(lesson, (progress) => {
    if (Number(key)) progress.right = [...new Set([...(progress.right ?? []), Number(key)])];
    else progress.solved = [...new Set([...(progress.solved ?? []), key])];
  });
}

/** Progress that was exported takes the place of what is here. @param {unknown} data */
export function takeIn(data) {
  if (data !== undefined) keep(readLessons(data));
}

export function forget() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Then there is nothing to forget.
  }
}

/** One lesson in a few words, "" where nothing is known of it. @param {Progress | undefined} progress */
export function toldLesson(progress) {
  const of = (/** @type {unknown[] | undefined} */ done, /** @type {number | undefined} */ number, /** @type {string} */ what) =>
    done?.length && number ? `${done.length} of ${number} ${what}${number === 1 ? "" : "s"}` : "";
  const parts = [of(progress?.right, progress?.questions, "question"), of(progress?.solved, progress?.tasks, "exercise")].filter(Boolean);
  return [progress?.read ? "✓ read" : parts.length ? "begun" : "", ...parts].filter(Boolean).join(", ");
}

/** All lessons in a few words. Their exercises are those of the practice pages, and counted there.
 * @param {Record<string, Progress>} progress */
export function toldLessons(progress) {
  const lessons = Object.values(progress);
  const sum = (/** @type {(lesson: Progress) => number} */ count) => lessons.reduce((total, lesson) => total + count(lesson), 0);
  const read = sum((lesson) => Number(lesson.read ?? false));
  const right = sum((lesson) => lesson.right?.length ?? 0);
  const found = sum((lesson) => lesson.solved?.filter((key) => key.startsWith("c")).length ?? 0);
  const parts = [read && `${read} read`, right && `${right} ${right === 1 ? "question" : "questions"} answered`, found && `${found} ${found === 1 ? "mistake" : "mistakes"} found`];
  return parts.filter(Boolean).join(", ");
}
