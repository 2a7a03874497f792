// A server that takes its time: after a moment the page says so, and at last it asks no longer.

const MOMENT = 1000; // milliseconds
const LONGEST = 20_000;

/** @type {object | undefined} The question the page is waiting for. */
let newest;

/** Wait for the answer to a question. `over`: it was given up; `end()`: it is here.
 * @param {AbortController} question */
export function patience(question) {
  const waited = { over: false, end };
  newest = waited;
  const notice = window.setTimeout(() => show(true), MOMENT);
  const limit = window.setTimeout(() => {
    waited.over = true;
    question.abort();
  }, LONGEST);
  function end() {
    window.clearTimeout(notice);
    window.clearTimeout(limit);
    if (newest === waited) show(false); // else the next question is under way, and says so itself
  }
  return waited;
}

/** @param {boolean} waits */
function show(waits) {
  const result = document.getElementById("result");
  if (!waits) {
    result?.removeAttribute("aria-busy");
    document.getElementById("waiting-note")?.remove();
    return;
  }
  result?.setAttribute("aria-busy", "true");
  if (document.getElementById("waiting-note")) return;
  const note = document.createElement("p");
  note.id = "waiting-note";
  note.role = "status";
  note.textContent = "Waiting for the server …";
  document.body.append(note);
}
