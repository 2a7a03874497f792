// Questions in a lesson. The server judges what is typed, and keeps nothing.

/** Called when a question was answered right, or its answer was shown.
 * @typedef {(question: HTMLElement, outcome: "right" | "shown") => void} OnOutcome */

/** @param {OnOutcome} onOutcome
 * @param {boolean} hidden whether answers are hidden until they are shown on request */
export function start(onOutcome, hidden) {
  for (const question of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".question[data-question]"))) {
    question.classList.toggle("answer-hidden", hidden);
  }
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches(".reply")) return;
    event.preventDefault();
    judge(form, onOutcome);
  });
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-reveal]") : null;
    if (!button) return;
    const question = /** @type {HTMLElement | null} */ (button.closest(".question"));
    if (question) onOutcome(question, "shown");
    question?.classList.remove("answer-hidden");
    const answer = /** @type {HTMLDetailsElement | null | undefined} */ (question?.querySelector(".answer-details"));
    if (!answer) return;
    answer.open = true;
    answer.querySelector("summary")?.focus({ preventScroll: true });
    button.remove();
  });
}

/** Have the server judge an answer, and show what it says.
 * @param {HTMLFormElement} form @param {OnOutcome} onOutcome */
async function judge(form, onOutcome) {
  const question = /** @type {HTMLElement} */ (form.closest(".question"));
  const place = /** @type {HTMLElement} */ (question.querySelector(".judged"));
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) fields.append(name, String(value));
  const tries = Number(question.dataset.tries ?? 0);
  fields.set("tries", String(tries));
  let page;
  try {
    const answer = await fetch(form.action, { method: "POST", body: fields, headers: { "X-Adexplain-Part": "answer" } });
    if (!answer.ok) throw new Error(answer.statusText);
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    place.textContent = "The server does not answer. Try again.";
    return;
  }
  place.replaceChildren(...page.body.childNodes);
  const match = /** @type {HTMLElement | null} */ (place.querySelector("[data-match]"))?.dataset.match;
  if (match === "wrong") question.dataset.tries = String(tries + 1);
  const right = match === "exact" || match === "rounded";
  question.classList.toggle("solved", right);
  if (right) onOutcome(question, "right");
}
