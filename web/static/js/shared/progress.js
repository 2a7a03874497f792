// The reader's progress in the lessons, kept in this browser and nowhere else.

/** Of one lesson: whether it was read to its end; the questions answered, and how many there are; the other
 * tasks solved (e1 is an exercise, c1 a mistake to find), and how many there are.
 * @typedef {{ read?: boolean, right?: number[], questions?: number, solved?: string[], tasks?: number }} Progress */

const KEY = "adexplain.lessons";

/** The stored progress by lesson. @returns {Record<string, Progress>} */
export function load() {
  try {
    return readLessons(JSON.parse(localStorage.getItem(KEY) ?? "{}"));
  } catch {
    return {};
  }
}

/** Progress out of untrusted data; anything invalid is left out.
 * @param {unknown} data @returns {Record<string, Progress>} */
export function readLessons(data) {
  if (data === null || typeof data !== "object" || Array.isArray(data)) return {};
  const count = (/** @type {unknown} */ number) => Number.isSafeInteger(number) && Number(number) >= 0 && Number(number) < 1000;
  const list = (/** @type {unknown} */ items, /** @type {(item: any) => boolean} */ fine) => Array.isArray(items) && items.length < 1000 && items.every(fine);
  /** @type {Record<string, Progress>} */
  const found = {};
  for (const [lesson, entry] of Object.entries(data)) {
    if (!/^[a-z\d][\w-]{0,80}$/.test(lesson) || entry === null || typeof entry !== "object") continue;
    found[lesson] = {
      ...(entry.read === true && { read: true }),
      ...(list(entry.right, count) && { right: entry.right }),
      ...(count(entry.questions) && { questions: entry.questions }),
      ...(list(entry.solved, (item) => /^[ce]\d{1,3}$/.test(item)) && { solved: entry.solved }),
      ...(count(entry.tasks) && { tasks: entry.tasks }),
    };
  }
  return found;
}

/** @param {Record<string, Progress>} progress */
function save(progress) {
  try {
    localStorage.setItem(KEY, JSON.stringify(progress));
  } catch {
    // Without storage the lesson works, but nothing is kept.
  }
}

/** Change the progress in a lesson. @param {string} lesson @param {(progress: Progress) => void} change */
export function update(lesson, change) {
  const stored = load();
  change((stored[lesson] ??= {}));
  save(stored);
}

/** Record that a question was answered or another task was solved.
 * @param {string} lesson @param {string} key a question's number, or such as e1 or c1 */
export function recordSolved(lesson, key) {
  update(lesson, (progress) => {
    if (Number(key)) progress.right = [...new Set([...(progress.right ?? []), Number(key)])];
    else progress.solved = [...new Set([...(progress.solved ?? []), key])];
  });
}

/** Replace the stored progress by progress that was exported. @param {unknown} data */
export function importProgress(data) {
  if (data !== undefined) save(readLessons(data));
}

export function forget() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Then there is nothing to forget.
  }
}

/** The progress in one lesson in a few words; "" if there is none. @param {Progress | undefined} progress */
export function describeLesson(progress) {
  const of = (/** @type {unknown[] | undefined} */ done, /** @type {number | undefined} */ number, /** @type {string} */ what) =>
    done?.length && number ? `${done.length} of ${number} ${what}${number === 1 ? "" : "s"}` : "";
  const parts = [of(progress?.right, progress?.questions, "question"), of(progress?.solved, progress?.tasks, "exercise")].filter(Boolean);
  return [progress?.read ? "✓ read" : parts.length ? "begun" : "", ...parts].filter(Boolean).join(", ");
}

/** The progress in all lessons in a few words. Exercises are left out: the practice pages count them.
 * @param {Record<string, Progress>} progress */
export function describeLessons(progress) {
  const lessons = Object.values(progress);
  const sum = (/** @type {(lesson: Progress) => number} */ count) => lessons.reduce((total, lesson) => total + count(lesson), 0);
  const read = sum((lesson) => Number(lesson.read ?? false));
  const right = sum((lesson) => lesson.right?.length ?? 0);
  const found = sum((lesson) => lesson.solved?.filter((key) => key.startsWith("c")).length ?? 0);
  const parts = [read && `${read} read`, right && `${right} ${right === 1 ? "question" : "questions"} answered`, found && `${found} ${found === 1 ? "mistake" : "mistakes"} found`];
  return parts.filter(Boolean).join(", ");
}
