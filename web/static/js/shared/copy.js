// Copying: code by a button, numbers with all their digits.

/** Numbers are shown with five digits and copied with all they have. */
export function start() {
  document.addEventListener("copy", (event) => {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLInputElement) return;
    const part = selection.getRangeAt(0).cloneContents();
    const numbers = part.querySelectorAll("data");
    if (numbers.length === 0) return;
    for (const number of numbers) number.textContent = number.value;
    for (const hidden of part.querySelectorAll(".again, .eq, .bar-of, .for-ears")) hidden.remove();
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

/** @param {ParentNode} root */
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
    // No clipboard (plain http on another machine): select, so that a key copies.
    if (source) document.getSelection()?.selectAllChildren(source);
    button.textContent = "Selected";
  }
  setTimeout(() => (button.textContent = "Copy"), 1600);
}
