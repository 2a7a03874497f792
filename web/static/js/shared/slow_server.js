// A slow server: after a moment the page says that it waits, and in the end it gives up.
import { byId } from "./dom.js";

const NOTICE = 1000; // milliseconds until the page says that it waits
const LIMIT = 20_000; // milliseconds until it gives up

/** @type {object | undefined} The wait for the newest request. */
let newest;

/** Begin to wait for the answer to a request. Call `end()` when it is here; `timedOut` says whether
 * the request was aborted because it took too long.
 * @param {AbortController} controller */
export function startWaiting(controller) {
  const wait = { timedOut: false, end };
  newest = wait;
  const notice = window.setTimeout(() => show(true), NOTICE);
  const limit = window.setTimeout(() => {
    wait.timedOut = true;
    controller.abort();
  }, LIMIT);
  function end() {
    window.clearTimeout(notice);
    window.clearTimeout(limit);
    if (newest === wait) show(false); // else the notice belongs to a newer request
  }
  return wait;
}

/** Show or remove the notice. @param {boolean} waits */
function show(waits) {
  const result = byId("result");
  if (!waits) {
    result?.removeAttribute("aria-busy");
    byId("waiting-note")?.remove();
    return;
  }
  result?.setAttribute("aria-busy", "true");
  if (byId("waiting-note")) return;
  const note = document.createElement("p");
  note.id = "waiting-note";
  note.role = "status";
  note.textContent = "Waiting for the server …";
  document.body.append(note);
}
