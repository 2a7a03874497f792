// The examples menu opens and closes by itself; this closes it by Escape and by a click elsewhere.

export function start() {
  const menu = /** @type {HTMLDetailsElement | null} */ (document.getElementById("examples"));
  if (!menu) return;
  document.addEventListener("click", (event) => {
    if (menu.open && event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
}
