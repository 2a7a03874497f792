// Charts whose numbers can be read with the pointer or the arrow keys: a vertical guide, a dot on each
// curve, and a line of text. The numbers come from the table below the drawing.

const SVG = "http://www.w3.org/2000/svg";
const HINT = matchMedia("(hover: none)").matches
  ? "Touch the chart to read its numbers."
  : "Point at the chart, or use ← and → in it, to read its numbers.";
const LEAP = 8; // places that Page Up and Page Down skip

/** A sampled place: its x, the y of each curve (null: none), and its numbers as text; x and y in
 * units of the drawing.
 * @typedef {{x: number, ys: (number | null)[], text: string}} Place */

/** Make the charts below `root` readable. @param {ParentNode} root */
export function readCharts(root) {
  for (const figure of root.querySelectorAll("figure.chart")) {
    const plot = /** @type {HTMLElement | null} */ (figure.querySelector(".plot"));
    if (plot && !plot.hasAttribute("tabindex")) read(/** @type {HTMLElement} */ (figure), plot);
  }
}

/** @param {HTMLElement} figure @param {HTMLElement} plot */
function read(figure, plot) {
  const places = readPlaces(figure);
  const svg = plot.querySelector("svg");
  if (!svg || !places.length) return;
  const readout = document.createElement("p");
  readout.className = "readout";
  readout.textContent = HINT;
  plot.after(readout);
  const guide = svg.appendChild(document.createElementNS(SVG, "path"));
  guide.setAttribute("class", "guide");
  const dots = [...figure.querySelectorAll("polyline, path[data-curve]")].map((line) => {
    const dot = svg.appendChild(document.createElementNS(SVG, "circle"));
    dot.setAttribute("class", `dot ${line.getAttribute("class")?.replace(/^line /, "")}`);
    dot.setAttribute("r", "4.5");
    return dot;
  });
  let here = Number(figure.dataset.start);
  const attributes = { tabindex: "0", role: "slider", "aria-valuemin": "1", "aria-valuemax": String(places.length) };
  for (const [name, value] of Object.entries(attributes)) plot.setAttribute(name, value);
  plot.setAttribute("aria-label", svg.getAttribute("aria-label") ?? "");
  setValue(plot, here, places[here].text);

  const show = (/** @type {number} */ index) => {
    here = Math.max(0, Math.min(places.length - 1, index));
    const { x, ys, text } = places[here];
    guide.setAttribute("d", `M${x} ${figure.dataset.guide ?? "8V156"}`);
    dots.forEach((dot, k) => {
      const y = ys[k];
      dot.toggleAttribute("hidden", y === null);
      dot.setAttribute("cx", String(x));
      dot.setAttribute("cy", String(y ?? 0));
    });
    readout.textContent = text;
    setValue(plot, here, text);
    plot.classList.add("read");
  };
  const point = (/** @type {PointerEvent} */ event) => {
    const box = svg.getBoundingClientRect();
    show(nearest(places, ((event.clientX - box.left) / box.width) * svg.viewBox.baseVal.width));
  };
  plot.addEventListener("pointermove", point);
  plot.addEventListener("pointerdown", point);
  plot.addEventListener("focus", () => plot.classList.contains("read") || show(here));
  plot.addEventListener("keydown", (event) => {
    const next = move(event.key, here, places.length - 1);
    if (next === null || event.altKey || event.ctrlKey || event.metaKey) return;
    // Elsewhere on the page the same keys step through the trace.
    event.preventDefault();
    event.stopPropagation();
    show(next);
  });
}

/** Set what screen readers say of the plot, which is a slider to them.
 * @param {HTMLElement} plot @param {number} index @param {string} text */
function setValue(plot, index, text) {
  plot.setAttribute("aria-valuenow", String(index + 1));
  plot.setAttribute("aria-valuetext", text);
}

/** The place that a key moves to; null if it moves to none.
 * @param {string} key @param {number} here @param {number} last @returns {number | null} */
export function move(key, here, last) {
  /** @type {Record<string, number>} */
  const targets = {
    ArrowLeft: here - 1, ArrowDown: here - 1, ArrowRight: here + 1, ArrowUp: here + 1,
    PageDown: here - LEAP, PageUp: here + LEAP, Home: 0, End: last,
  };
  return key in targets ? Math.max(0, Math.min(last, targets[key])) : null;
}

/** The index of the place nearest to `x`. @param {Place[]} places @param {number} x */
function nearest(places, x) {
  let best = 0;
  places.forEach((place, k) => {
    if (Math.abs(place.x - x) < Math.abs(places[best].x - x)) best = k;
  });
  return best;
}

/** The places, from the rows of the table below the drawing. @param {HTMLElement} figure @returns {Place[]} */
function readPlaces(figure) {
  const patterns = [...figure.querySelectorAll("th[data-readout]")].map((head) => /** @type {HTMLElement} */ (head).dataset.readout ?? "{}");
  return [...figure.querySelectorAll("tr[data-x]")].map((element) => {
    const row = /** @type {HTMLElement} */ (element);
    const numbers = [...row.querySelectorAll("td")].map((cell) => cell.textContent ?? "");
    const parts = patterns.map((pattern, k) => (numbers[k] === "–" ? pattern.replace(/ (errs )?(by|is) .*/, " has no value") : pattern.replace("{}", numbers[k])));
    return {
      x: Number(row.dataset.x),
      ys: (row.dataset.ys ?? "").split(",").map((y) => (y === "" ? null : Number(y))),
      text: `${figure.dataset.along ?? "h"} = ${row.querySelector("th")?.textContent}: ${parts.join(", ")}`,
    };
  });
}
