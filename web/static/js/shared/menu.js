// Menus open and close by themselves; this closes them by Escape and by a click elsewhere.

export function start() {
  document.addEventListener("click", (event) => {
    for (const menu of opened()) if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close(event);
    else if (event.key === "?") showKeys(event);
  });
}

const opened = () => /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll("details.menu[open]"));

/** @param {KeyboardEvent} event */
function close(event) {
  for (const menu of opened()) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
    event.preventDefault();
  }
}

/** @param {KeyboardEvent} event */
function showKeys(event) {
  if (event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]")) return;
  const menu = document.getElementById("keys");
  if (!(menu instanceof HTMLDetailsElement)) return;
  event.preventDefault();
  menu.open = !menu.open;
  if (menu.open && !menu.checkVisibility()) document.getElementById("top-menu")?.showPopover();
  if (menu.open) menu.querySelector("summary")?.focus();
}
