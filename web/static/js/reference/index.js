// The reference: the index narrows while the reader types, and charts can be read by pointer and keys.
import { readCharts } from "../shared/chart.js";

const field = document.getElementById("narrow");
const count = document.getElementById("narrowed");
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
  if (count) count.textContent = wanted.length ? `${found} of ${rows.length}` : "";
}

// If the server has narrowed the index, the other rows are not on the page, and the form goes to the server.
if (field instanceof HTMLInputElement && !field.defaultValue) {
  field.addEventListener("input", narrow);
  field.form?.addEventListener("submit", (event) => {
    const shown = rows.filter((row) => !row.hidden);
    if (shown.length !== 1) return; // the server's page suggests what to try
    event.preventDefault();
    shown[0].querySelector("a")?.click();
  });
  narrow();
}
readCharts(document);
