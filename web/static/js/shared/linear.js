// A cell's formula on one line, in signs that any program shows: x1^2, v̇1·x2.

/** Parts of a cell that are not read with it. */
const SILENT = ".again, .eq, .for-ears, .flag";
const ACCENTS = /** @type {Record<string, string>} */ ({ "˙": "\u0307", "¯": "\u0304" });

/** @param {Node} node @returns {string} */
export function linear(node) {
  return told(node).replace(/[\u2061-\u2063]/g, " ").replace(/\s+/g, " ").trim();
}

/** @param {Node} node @returns {string} */
function told(node) {
  if (!(node instanceof Element)) return node.nodeType === Node.TEXT_NODE ? node.nodeValue ?? "" : "";
  if (node.matches(SILENT)) return "";
  const parts = [...node.childNodes].map(told);
  const [a, b] = [...node.children].map(told);
  switch (node.localName) {
    case "msup":
      return `${bracketed(a)}^${bracketed(b)}`;
    case "mfrac":
      return `${bracketed(a)}/${bracketed(b)}`;
    case "msqrt":
      return `sqrt(${parts.join("")})`;
    case "mover":
      return `${a}${ACCENTS[b] ?? ""}`;
    case "mspace":
      return " ";
    default:
      return parts.join("");
  }
}

/** @param {string} part */
function bracketed(part) {
  return /^[\p{L}\p{M}\p{N}.]*$/u.test(part) ? part : `(${part})`;
}
