// Turn the page that is shown into the one that was fetched, part by part.
import { byId } from "../shared/dom.js";
import { morph } from "../shared/morph.js";

const form = /** @type {HTMLFormElement} */ (byId("ask"));
const text = /** @type {HTMLTextAreaElement} */ (byId("f"));

/** Show a fetched page.
 * @param {Document} fresh @param {boolean} good whether it holds a trace rather than an error
 * @param {boolean} visited whether a link led to it: then it fills the form as well */
export function exchange(fresh, good, visited) {
  if (visited) fillForm(fresh);
  for (const id of ["problem", "problem-point", "problem-how"]) morphPart(fresh, id);
  markInvalid(fresh);
  if (!good) return keepTrace(fresh, visited);
  // The comparison on the page stays until the new one arrives.
  if (!fresh.querySelector("#verdict[data-ready]")) {
    fresh.getElementById("verdict-body")?.setAttribute("data-keep", "");
  }
  // So does the graph, if the new one is to be fetched separately.
  if (fresh.querySelector("#graph[data-later]")) {
    fresh.getElementById("graph-body")?.setAttribute("data-keep", "");
  }
  for (const id of ["point", "seeds"]) morphPart(fresh, id, visited);
  for (const id of ["typed", "long", "preview", "heading", "tools", "result"]) morphPart(fresh, id);
  document.title = fresh.title;
}

/** Say that there was no answer, and that the trace on the page is that of an earlier input.
 * @param {string} message @param {() => void} retry repeats the request */
export function showFailure(message, retry) {
  for (const id of ["problem-point", "problem-how"]) byId(id)?.replaceChildren();
  const line = document.createElement("p");
  line.className = "problem-what";
  line.textContent = `${message} `;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Try again";
  button.addEventListener("click", retry);
  line.append(button);
  byId("problem")?.replaceChildren(line);
  if (document.querySelector("#result .ledger")) markOld("Below is the trace from before.");
}

/** Fill in the fields that `exchange` does not morph: the function's text and the mode. @param {Document} fresh */
function fillForm(fresh) {
  const source = /** @type {HTMLTextAreaElement} */ (fresh.getElementById("f"));
  if (text.value !== source.value) text.value = source.value;
  text.rows = source.rows;
  for (const input of fresh.querySelectorAll("#how input[type=radio]")) {
    const twin = byId(input.id);
    if (twin instanceof HTMLInputElement) twin.checked = input.hasAttribute("checked");
  }
}

/** Mark the field that the error is in. @param {Document} fresh */
function markInvalid(fresh) {
  const wrong = fresh.querySelector("[aria-invalid]")?.id;
  for (const field of form.querySelectorAll("[aria-invalid]")) {
    if (field.id !== wrong) field.removeAttribute("aria-invalid");
  }
  if (wrong) byId(wrong)?.setAttribute("aria-invalid", "true");
}

/** @param {Document} fresh @param {string} id @param {boolean} [reset] whether fields take the fresh values, too */
function morphPart(fresh, id, reset = false) {
  const [old, next] = [byId(id), fresh.getElementById(id)];
  if (old && next) morph(old, next, reset);
}

/** After an error the trace on the page stays, with a note that it belongs to an earlier input.
 * @param {Document} fresh @param {boolean} visited */
function keepTrace(fresh, visited) {
  const result = /** @type {HTMLElement} */ (byId("result"));
  byId("preview")?.replaceChildren();
  if (visited || !result.querySelector(".ledger")) {
    const next = fresh.getElementById("result");
    if (next) morph(result, next);
    return;
  }
  markOld("Below is the trace of the last input that could be read.");
}

/** Mark the trace on the page as that of an earlier input. @param {string} sentence */
function markOld(sentence) {
  const result = /** @type {HTMLElement} */ (byId("result"));
  const note = result.querySelector(".old-note") ?? document.createElement("p");
  note.className = "old-note";
  if (note.textContent !== sentence) note.textContent = sentence;
  if (!result.hasAttribute("data-old")) result.prepend(note);
  result.setAttribute("data-old", "");
}
