// A slider beside each value. It needs scripts, since it changes the value's field.

/** The smallest reach of a slider, except for values far below it. */
const USUAL = 1;
const STEPS = 100; // on each side of 0

/** Add a slider to each field that has none, and move the others to their field's value.
 * @param {ParentNode} root */
export function addSliders(root) {
  for (const row of root.querySelectorAll(".variable")) {
    const field = row.querySelector("input:not([type=range])");
    if (!(field instanceof HTMLInputElement)) continue;
    const slider = row.querySelector("[type=range]");
    if (slider instanceof HTMLInputElement) follow(slider, field);
    else add(row, field);
  }
}

/** @param {Element} row @param {HTMLInputElement} field */
function add(row, field) {
  const slider = document.createElement("input");
  slider.type = "range";
  slider.dataset.keep = "";
  slider.setAttribute("aria-label", `Slide ${field.name.slice(3)}`);
  row.append(slider);
  follow(slider, field);
  field.addEventListener("input", () => follow(slider, field));
  slider.addEventListener("input", () => {
    field.value = slider.dataset.shows = written(Number(slider.value));
  });
  slider.addEventListener("change", () => {
    // Let go at its end, a slider gets a wider range.
    if (slider.value === slider.min || slider.value === slider.max) fit(slider, Number(slider.value));
  });
}

/** A value without the noise of binary fractions: 1.25, not 1.2499999999999998. @param {number} value */
function written(value) {
  return String(Number(value.toPrecision(10)));
}

/** Move a slider to its field's value. @param {HTMLInputElement} slider @param {HTMLInputElement} field */
function follow(slider, field) {
  const text = field.value.trim();
  // For an expression such as pi/3 the server has sent the value with the field.
  const plain = Number(text || field.placeholder);
  const computed = field.defaultValue.trim() === text ? Number(field.dataset.value ?? NaN) : NaN;
  const value = Number.isNaN(plain) ? computed : plain;
  const shows = `${text} ${value}`;
  if (slider.dataset.shows === text || slider.dataset.shows === shows) return;
  slider.dataset.shows = shows;
  slider.disabled = !Number.isFinite(value);
  if (!slider.disabled) fit(slider, value);
}

/** Set the slider's range: at least twice the value on either side of 0, rounded up.
 * @param {HTMLInputElement} slider @param {number} value */
function fit(slider, value) {
  const size = Math.abs(value);
  const reach = size === 0 || (size > USUAL / 100 && size <= USUAL / 2) ? USUAL : round(2 * size);
  slider.min = written(-reach);
  slider.max = written(reach);
  slider.step = written(reach / STEPS);
  slider.value = String(value);
}

/** The next of 1, 2, 5, 10, 20, 50, … @param {number} size */
function round(size) {
  const power = 10 ** Math.floor(Math.log10(size) + 1e-9);
  const leading = [1, 2, 5, 10].find((digit) => digit * power >= size * (1 - 1e-9)) ?? 10;
  return Math.min(leading * power, Number.MAX_VALUE);
}
