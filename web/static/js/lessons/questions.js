// Questions in a lesson: the server judges what is typed; nothing is kept there.

/** What became of a question. @typedef {(question: HTMLElement, outcome: "right" | "shown") => void} Noted */

/** @param {Noted} noted what to do with a right answer, and with one that was shown
 * @param {boolean} folded whether an answer is hidden until it was given or asked for */
export function start(noted, folded) {
  for (const question of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".question[data-question]"))) {
    question.classList.toggle("asks", folded);
  }
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches(".reply")) return;
    event.preventDefault();
    judge(form, noted);
  });
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-reveal]") : null;
    if (!button) return;
    const question = /** @type {HTMLElement | null} */ (button.closest(".question"));
    if (question) noted(question, "shown");
    question?.classList.remove("asks");
    const answer = /** @type {HTMLDetailsElement | null | undefined} */ (question?.querySelector(".answer-of"));
    if (!answer) return;
    answer.open = true;
    answer.querySelector("summary")?.focus({ preventScroll: true });
    button.remove();
  });
}

/** @param {HTMLFormElement} form @param {Noted} noted */
async function judge(form, noted) {
  const question = /** @type {HTMLElement} */ (form.closest(".question"));
  const place = /** @type {HTMLElement} */ (question.querySelector(".judged"));
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) fields.append(name, String(value));
  const tries = Number(question.dataset.tries ?? 0);
  fields.set("tries", String(tries));
  let told;
  try {
    const answer = await fetch(form.action, { method: "POST", body: fields, headers: { "X-Adexplain-Part": "answer" } });
    if (!answer.ok) throw new Error(answer.statusText);
    told = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    place.textContent = "The server does not answer. Try again.";
    return;
  }
  place.replaceChildren(...told.body.childNodes);
  const match = /** @type {HTMLElement | null} */ (place.querySelector("[data-match]"))?.dataset.match;
  if (match === "wrong") question.dataset.tries = String(tries + 1);
  const right = match === "exact" || match === "rounded";
  question.classList.toggle("solved", right);
  if (right) noted(question, "right");
}
