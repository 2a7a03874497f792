// The page that was fetched is laid over the one that is shown, part by part.
import { morph } from "../shared/morph.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("ask"));
const text = /** @type {HTMLTextAreaElement} */ (document.getElementById("f"));

/** Take over what the server answered.
 * @param {Document} fresh @param {boolean} good whether it is a trace rather than an error
 * @param {boolean} visited whether the form, too, follows the address that was asked for */
export function exchange(fresh, good, visited) {
  if (visited) fillForm(fresh);
  for (const id of ["problem", "problem-point", "problem-how"]) lay(fresh, id);
  blame(fresh);
  if (!good) return keepOld(fresh, visited);
  // A comparison that is shown stays until the new one is here.
  if (!fresh.querySelector("#verdict[data-ready]")) {
    fresh.getElementById("verdict-body")?.setAttribute("data-keep", "");
  }
  // So does a graph that comes by itself.
  if (fresh.querySelector("#graph[data-later]")) {
    fresh.getElementById("graph-body")?.setAttribute("data-keep", "");
  }
  for (const id of ["point", "seeds"]) lay(fresh, id, visited);
  for (const id of ["typed", "long", "preview", "heading", "tools", "result"]) lay(fresh, id);
  document.title = fresh.title;
}

/** Say that there was no answer, and that what is shown is not what was asked for.
 * @param {string} message @param {() => void} again asks once more */
export function say(message, again) {
  for (const id of ["problem-point", "problem-how"]) document.getElementById(id)?.replaceChildren();
  const line = document.createElement("p");
  line.className = "problem-what";
  line.textContent = `${message} `;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Try again";
  button.addEventListener("click", again);
  line.append(button);
  document.getElementById("problem")?.replaceChildren(line);
  if (document.querySelector("#result .ledger")) markOld("Below is the trace from before.");
}

/** The typed text and what is not exchanged with the rest. @param {Document} fresh */
function fillForm(fresh) {
  const source = /** @type {HTMLTextAreaElement} */ (fresh.getElementById("f"));
  if (text.value !== source.value) text.value = source.value;
  text.rows = source.rows;
  for (const input of fresh.querySelectorAll("#how input[type=radio]")) {
    const twin = document.getElementById(input.id);
    if (twin instanceof HTMLInputElement) twin.checked = input.hasAttribute("checked");
  }
}

/** Mark the field that an error is in. @param {Document} fresh */
function blame(fresh) {
  const wrong = fresh.querySelector("[aria-invalid]")?.id;
  for (const field of form.querySelectorAll("[aria-invalid]")) {
    if (field.id !== wrong) field.removeAttribute("aria-invalid");
  }
  if (wrong) document.getElementById(wrong)?.setAttribute("aria-invalid", "true");
}

/** @param {Document} fresh @param {string} id @param {boolean} [anew] */
function lay(fresh, id, anew = false) {
  const [old, next] = [document.getElementById(id), fresh.getElementById(id)];
  if (old && next) morph(old, next, anew);
}

/** An error: a trace shown belongs to an earlier text, and says so.
 * @param {Document} fresh @param {boolean} visited */
function keepOld(fresh, visited) {
  const result = /** @type {HTMLElement} */ (document.getElementById("result"));
  document.getElementById("preview")?.replaceChildren();
  if (visited || !result.querySelector(".ledger")) {
    const next = fresh.getElementById("result");
    if (next) morph(result, next);
    return;
  }
  markOld("Below is the trace of the last input that could be read.");
}

/** @param {string} sentence */
function markOld(sentence) {
  const result = /** @type {HTMLElement} */ (document.getElementById("result"));
  const note = result.querySelector(".old-note") ?? document.createElement("p");
  note.className = "old-note";
  if (note.textContent !== sentence) note.textContent = sentence;
  if (!result.hasAttribute("data-old")) result.prepend(note);
  result.setAttribute("data-old", "");
}
