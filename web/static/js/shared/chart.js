// A chart that is read with the pointer or the arrow keys: a guide, dots, and a line of words.
// The numbers are those of the table below the drawing.

const SVG = "http://www.w3.org/2000/svg";
const HINT = matchMedia("(hover: none)").matches
  ? "Touch the chart to read its numbers."
  : "Point at the chart, or use ← and → in it, to read its numbers.";
const LEAP = 8; // places for Page Up and Page Down

/** @typedef {{x: number, ys: (number | null)[], words: string}} Place */

/** Make the charts in a part of the page readable. @param {ParentNode} root */
export function readCharts(root) {
  for (const figure of root.querySelectorAll("figure.chart")) {
    const plot = /** @type {HTMLElement | null} */ (figure.querySelector(".plot"));
    if (plot && !plot.hasAttribute("tabindex")) read(/** @type {HTMLElement} */ (figure), plot);
  }
}

/** @param {HTMLElement} figure @param {HTMLElement} plot */
function read(figure, plot) {
  const places = placesOf(figure);
  const svg = plot.querySelector("svg");
  if (!svg || !places.length) return;
  const words = document.createElement("p");
  words.className = "readout";
  words.textContent = HINT;
  plot.after(words);
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
  tell(plot, here, places[here].words);

  const show = (/** @type {number} */ index) => {
    here = Math.max(0, Math.min(places.length - 1, index));
    const { x, ys, words: said } = places[here];
    guide.setAttribute("d", `M${x} ${figure.dataset.guide ?? "8V156"}`);
    dots.forEach((dot, k) => {
      const y = ys[k];
      dot.toggleAttribute("hidden", y === null);
      dot.setAttribute("cx", String(x));
      dot.setAttribute("cy", String(y ?? 0));
    });
    words.textContent = said;
    tell(plot, here, said);
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
    // The same keys step through the trace elsewhere on the page.
    event.preventDefault();
    event.stopPropagation();
    show(next);
  });
}

/** @param {HTMLElement} plot @param {number} index @param {string} words */
function tell(plot, index, words) {
  plot.setAttribute("aria-valuenow", String(index + 1));
  plot.setAttribute("aria-valuetext", words);
}

/** @param {string} key @param {number} here @param {number} last @returns {number | null} */
export function move(key, here, last) {
  /** @type {Record<string, number>} */
  const targets = {
    ArrowLeft: here - 1, ArrowDown: here - 1, ArrowRight: here + 1, ArrowUp: here + 1,
    PageDown: here - LEAP, PageUp: here + LEAP, Home: 0, End: last,
  };
  return key in targets ? Math.max(0, Math.min(last, targets[key])) : null;
}

/** @param {Place[]} places @param {number} x */
function nearest(places, x) {
  let best = 0;
  places.forEach((place, k) => {
    if (Math.abs(place.x - x) < Math.abs(places[best].x - x)) best = k;
  });
  return best;
}

/** The rows of the table below the drawing. @param {HTMLElement} figure @returns {Place[]} */
function placesOf(figure) {
  const says = [...figure.querySelectorAll("th[data-say]")].map((head) => /** @type {HTMLElement} */ (head).dataset.say ?? "{}");
  return [...figure.querySelectorAll("tr[data-x]")].map((element) => {
    const row = /** @type {HTMLElement} */ (element);
    const numbers = [...row.querySelectorAll("td")].map((cell) => cell.textContent ?? "");
    const parts = says.map((say, k) => (numbers[k] === "–" ? say.replace(/ (errs )?(by|is) .*/, " has no value") : say.replace("{}", numbers[k])));
    return {
      x: Number(row.dataset.x),
      ys: (row.dataset.ys ?? "").split(",").map((y) => (y === "" ? null : Number(y))),
      words: `${figure.dataset.along ?? "h"} = ${row.querySelector("th")?.textContent}: ${parts.join(", ")}`,
    };
  });
}
