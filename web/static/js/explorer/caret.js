// An error's place: a button beside the echoed text, and Enter, bring the caret there.

/** @param {ParentNode} root */
export function offerCaret(root) {
  const echo = root.querySelector("#echo");
  if (!(echo instanceof HTMLElement) || echo.querySelector("button")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Go there";
  button.dataset.keep = "";
  // A field that loses the focus asks the server anew, which would replace the pressed button.
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", placeCaret);
  echo.append(button);
}

/** Select the characters to blame in the field they stand in. */
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
