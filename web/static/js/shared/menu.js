// Menus are <details>, which open and close without scripts. This closes them on Escape and on a click
// elsewhere, and opens the list of keys on `?`.

export function start() {
  document.addEventListener("click", (event) => {
    for (const menu of openMenus()) if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close(event);
    else if (event.key === "?") showKeys(event);
  });
}

const openMenus = () => /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll("details.menu[open]"));

/** @param {KeyboardEvent} event */
function close(event) {
  for (const menu of openMenus()) {
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
