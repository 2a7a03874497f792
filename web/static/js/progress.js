// How far a reader is: kept in this browser and nowhere else.

/** @typedef {{ read?: boolean, right?: number[], questions?: number }} Progress */

const KEY = "adexplain.lessons";

/** What is kept, by lesson. @returns {Record<string, Progress>} */
export function all() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return kept !== null && typeof kept === "object" && !Array.isArray(kept) ? kept : {};
  } catch {
    return {};
  }
}

/** Note something about a lesson. @param {string} lesson @param {(progress: Progress) => void} change */
export function note(lesson, change) {
  const kept = all();
  const progress = (kept[lesson] ??= {});
  change(progress);
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing still shows the lesson.
  }
}

/** Note a right answer. @param {string} lesson @param {number} question */
export function noteRight(lesson, question) {
  note(lesson, (progress) => {
    progress.right = [...new Set([...(progress.right ?? []), question])];
  });
}

export function forget() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Then there is nothing to forget.
  }
}
