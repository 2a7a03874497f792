// The reference: the index narrows while a person types; drawings are read by pointer and keys.
import { readCharts } from "../shared/chart.js";

const field = document.getElementById("narrow");
const said = document.getElementById("narrowed");
const rows = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("tr[data-words]")]);

/** Show the operations that have all the words typed. */
function narrow() {
  const wanted = /** @type {HTMLInputElement} */ (field).value.toLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  for (const row of rows) {
    row.hidden = !wanted.every((word) => row.dataset.words?.includes(word));
    if (!row.hidden) found += 1;
  }
  for (const group of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".rules"))) {
    group.hidden = !group.querySelector("tr[data-words]:not([hidden])");
  }
  if (said) said.textContent = wanted.length ? `${found} of ${rows.length}` : "";
}

// A page that the server has narrowed lacks the other rows: there the form goes on asking it.
if (field instanceof HTMLInputElement && !field.defaultValue) {
  field.addEventListener("input", narrow);
  field.form?.addEventListener("submit", (event) => {
    const shown = rows.filter((row) => !row.hidden);
    if (shown.length !== 1) return; // the server says what to try
    event.preventDefault();
    shown[0].querySelector("a")?.click();
  });
  narrow();
}
readCharts(document);
