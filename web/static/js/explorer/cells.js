// The table's numbers with all their digits: the chosen number is shown in full below the table, and a
// number, a row or the whole table is copied. A number is chosen by pointer, touch or the arrow keys.
import { linear } from "../shared/linear.js";
import { computedAt, place } from "./stepper.js";

/** @type {HTMLElement | null} */
let chosen = null;
/** @type {number | undefined} */
let timer;

export function start() {
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const button = /** @type {HTMLElement | null | undefined} */ (target?.closest(".copying button"));
    if (button) void copy(button.dataset.copies ?? "");
    else if (target?.closest(".ledger tbody")) choose(target);
  });
  document.addEventListener("focusin", (event) => {
    if (event.target instanceof Element && event.target.closest(".ledger tbody")) choose(event.target);
  });
  document.addEventListener("keydown", walk);
  document.addEventListener("adexplain:step", () => {
    holdFocus();
    const cell = computedAt(place()).find((element) => element.matches(".ledger :is(.c-value, .c-tangent, .c-total)"));
    if (cell) choose(cell);
  });
}

/** Show the toolbar below the table, and let the tab key reach the table's first number. @param {ParentNode} root */
export function offerCopying(root) {
  for (const bar of root.querySelectorAll(".copying")) bar.removeAttribute("hidden");
  if (chosen?.isConnected) show();
  else choose(null);
  const ledger = document.querySelector(".ledger");
  if (ledger && !ledger.querySelector("data[tabindex='0']")) ledger.querySelector("tbody data")?.setAttribute("tabindex", "0");
}

/** @param {Element | null} element in the table */
function choose(element) {
  chosen = /** @type {HTMLElement | null} */ (element?.closest("td, th") ?? null);
  show();
}

function show() {
  const digits = document.getElementById("digits");
  const number = chosen?.querySelector("data");
  const covered = !chosen || chosen.classList.contains("pending");
  if (digits) digits.textContent = number && !covered ? number.value.replace(/^-/, "−") : "";
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll(".copying button"))) {
    const kind = button.dataset.copies;
    button.disabled = kind === "number" ? covered || cell(chosen) === "" : kind === "row" ? !chosen : false;
  }
}

/** After a step back, the focused number may be hidden again; its row takes the focus then. */
function holdFocus() {
  const row = /** @type {HTMLElement | null | undefined} */ (document.activeElement?.closest(".ledger .pending")?.closest("tbody"));
  if (!row) return;
  row.tabIndex = -1;
  row.focus({ preventScroll: true });
}

/** The up and down keys move the focus from number to number, so that the tab key stops in the table once.
 * @param {KeyboardEvent} event */
function walk(event) {
  const here = event.target;
  if (!(here instanceof HTMLElement) || !here.matches(".ledger data, .ledger tbody") || !(event.key === "ArrowUp" || event.key === "ArrowDown")) return;
  const numbers = [...document.querySelectorAll(".ledger td:not(.pending) data")];
  const wanted = event.key === "ArrowUp" ? Node.DOCUMENT_POSITION_PRECEDING : Node.DOCUMENT_POSITION_FOLLOWING;
  const beyond = (/** @type {Element} */ number) => (here.compareDocumentPosition(number) & wanted) !== 0;
  const next = event.key === "ArrowUp" ? numbers.findLast(beyond) : numbers.find(beyond);
  if (!(next instanceof HTMLElement)) return;
  event.preventDefault();
  if (here.matches("data")) here.removeAttribute("tabindex");
  next.tabIndex = 0;
  next.focus();
}

/** @param {string} kind */
async function copy(kind) {
  const body = chosen?.closest("tbody");
  const bodies = [...document.querySelectorAll(".ledger > tbody:not(.gap)")];
  const grid = kind === "number" ? [[cell(chosen)]] : kind === "row" ? (body ? rowCells(body) : []) : [headings(), ...bodies.flatMap(rowCells)];
  try {
    await write(grid);
    say("Copied.");
  } catch {
    // Without https there is no clipboard to write to: select the cells, so that Ctrl+C copies them.
    const what = kind === "table" ? document.querySelector(".ledger") : kind === "row" ? body : chosen;
    if (what) document.getSelection()?.selectAllChildren(what);
    say("Selected: press Ctrl+C.");
  }
}

/** Copy cells as text for a spreadsheet and as an HTML table for a document. @param {string[][]} grid */
async function write(grid) {
  const text = grid.map((line) => line.join("\t")).join("\n");
  if (grid.length === 1 && grid[0].length === 1) return navigator.clipboard.writeText(text);
  const table = document.createElement("table");
  for (const line of grid) {
    const row = table.insertRow();
    for (const content of line) row.insertCell().textContent = content;
  }
  const kinds = { "text/plain": text, "text/html": table.outerHTML };
  const blobs = Object.entries(kinds).map(([type, part]) => [type, new Blob([part], { type })]);
  await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
}

/** @param {string} message */
function say(message) {
  const place = document.querySelector(".copying [role=status]");
  if (!place) return;
  place.textContent = message;
  window.clearTimeout(timer);
  timer = window.setTimeout(() => (place.textContent = ""), 4000);
}

/** The columns' names; those called "value" with the name of their sweep. @returns {string[]} */
function headings() {
  const sweeps = [...document.querySelectorAll(".ledger .sweeps > th")].flatMap((th) => {
    const name = (th.querySelector(".sweep")?.firstChild?.textContent ?? "").trim().toLowerCase();
    return Array.from({ length: /** @type {HTMLTableCellElement} */ (th).colSpan }, () => name);
  });
  return [...document.querySelectorAll(".ledger .columns > th")].map((th, k) => {
    const name = (th.textContent ?? "").trim();
    return name === "value" ? `${sweeps[k]} ${name}` : name;
  });
}

/** The cells of a row of the trace; a row has one line of cells for each contribution. @param {Element} body */
function rowCells(body) {
  const [first, ...more] = [...body.querySelectorAll("tr:not(.why)")].filter((row) => !row.querySelector(".c-skipped"));
  if (!first) return [];
  const line = [...first.children].map(cell);
  return [line, ...more.map((row) => {
    const cells = [...row.children].map(cell);
    return [...Array.from({ length: line.length - cells.length }, () => ""), ...cells];
  })];
}

/** A cell's text, with all digits; empty if its number is not computed yet. @param {Element | null} td */
function cell(td) {
  if (!td || td.classList.contains("pending")) return "";
  const number = td.querySelector("data");
  if (number) return number.value;
  const title = td.tagName === "TH" ? td.getAttribute("title") : null;
  return title ?? linear(td);
}
