// A slider beside each value: with scripts only, since it changes the number field.

/** @param {ParentNode} root */
export function addSliders(root) {
  for (const row of root.querySelectorAll(".variable")) {
    const field = row.querySelector("input:not([type=range])");
    if (field instanceof HTMLInputElement && !row.querySelector("[type=range]")) add(row, field);
  }
}

/** @param {Element} row @param {HTMLInputElement} field */
function add(row, field) {
  const slider = document.createElement("input");
  slider.type = "range";
  slider.setAttribute("aria-label", `Slide ${field.name.slice(3)}`);
  row.append(slider);
  fit(slider, field.value);
  field.addEventListener("change", () => fit(slider, field.value));
  slider.addEventListener("input", () => {
    field.value = String(Number(Number(slider.value).toPrecision(10)));
  });
}

/** A range around the value: from its negative double to its double. @param {HTMLInputElement} slider @param {string} text */
function fit(slider, text) {
  const value = text.trim() === "" ? 1 : Number(text);
  slider.hidden = !Number.isFinite(value);
  if (slider.hidden) return;
  const size = 10 ** Math.ceil(Math.log10(Math.max(Math.abs(value), 0.5)));
  const reach = Math.abs(value) > size / 2 ? 2 * size : size;
  slider.min = String(-reach);
  slider.max = String(reach);
  slider.step = String(reach / 200);
  slider.value = String(value);
}
