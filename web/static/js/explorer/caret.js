// The place of an error in the typed text: a button beside the echoed text, and Enter, move the caret there.

/** Add the button to the echoed text, if there is one. @param {ParentNode} root */
export function offerCaret(root) {
  const echo = root.querySelector("#echo");
  if (!(echo instanceof HTMLElement) || echo.querySelector("button")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Go there";
  button.dataset.keep = "";
  // A field that loses the focus fetches the page, which would replace the button while it is pressed.
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", placeCaret);
  echo.append(button);
}

/** Select the characters of the error in their field. */
export function placeCaret() {
  const echo = document.getElementById("echo");
  const field = document.getElementById(echo?.dataset.field ?? "");
  if (!echo || !(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return;
  // The server counts characters, the browser UTF-16 units.
  const units = (/** @type {string | undefined} */ place) =>
    [...field.value].slice(0, Number(place)).join("").length;
  field.focus();
  field.setSelectionRange(units(echo.dataset.start), units(echo.dataset.end));
}
