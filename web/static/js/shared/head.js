// The header of every page: `/` focuses the search field, unless the reader is typing in a field.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.target instanceof Element && event.target.closest("input:not([type=radio], [type=checkbox], [type=range]), textarea, select, [contenteditable], dialog")) return;
  const field = document.getElementById("find");
  if (!(field instanceof HTMLInputElement)) return;
  event.preventDefault();
  // On a narrow screen the field is in the menu.
  if (!field.checkVisibility()) document.getElementById("top-menu")?.showPopover();
  field.focus();
  field.select();
});
