// The clipboard: copy buttons for code, and selections whose numbers are copied with all digits.

/** Make selections copy their numbers in full (the page shows five digits), and copy buttons work. */
export function start() {
  document.addEventListener("copy", (event) => {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLInputElement) return;
    const part = selection.getRangeAt(0).cloneContents();
    const numbers = part.querySelectorAll("data");
    if (numbers.length === 0) return;
    for (const number of numbers) number.textContent = number.value;
    for (const hidden of part.querySelectorAll(".label, .eq, .bar-name, .sr-only")) hidden.remove();
    for (const cell of part.querySelectorAll("td, th")) cell.append("\t");
    for (const line of part.querySelectorAll("tr, p, div")) line.append("\n");
    const text = (part.textContent ?? "").replace(/[ ]*\n[ \n]*/g, "\n").replace(/\t\n/g, "\n");
    event.clipboardData?.setData("text/plain", text.trim());
    event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button.copy") : null;
    if (button instanceof HTMLButtonElement) copyCode(button);
  });
}

/** The server sends the buttons hidden, since they need scripts. @param {ParentNode} root */
export function showCopyButtons(root) {
  for (const button of root.querySelectorAll("button.copy")) button.removeAttribute("hidden");
}

/** @param {HTMLButtonElement} button */
async function copyCode(button) {
  const source = document.getElementById(button.dataset.copy ?? "");
  try {
    await navigator.clipboard.writeText(source?.textContent ?? "");
    button.textContent = "Copied";
  } catch {
    // Without https there is no clipboard to write to: select the text, so that Ctrl+C copies it.
    if (source) document.getSelection()?.selectAllChildren(source);
    button.textContent = "Selected";
  }
  setTimeout(() => (button.textContent = "Copy"), 1600);
}
