// A formula's MathML as a line of plain text, such as x1^2 or v̇1·x2, for the clipboard.

/** Parts of a cell that are not a part of its formula. */
const SKIPPED = ".label, .eq, .sr-only, .flag";
/** Accents as MathML has them, and as the characters that combine with the letter before. */
const ACCENTS = /** @type {Record<string, string>} */ ({ "˙": "\u0307", "¯": "\u0304" });

/** @param {Node} node @returns {string} */
export function linear(node) {
  return textOf(node).replace(/[\u2061-\u2063]/g, " ").replace(/\s+/g, " ").trim();
}

/** @param {Node} node @returns {string} */
function textOf(node) {
  if (!(node instanceof Element)) return node.nodeType === Node.TEXT_NODE ? node.nodeValue ?? "" : "";
  if (node.matches(SKIPPED)) return "";
  const parts = [...node.childNodes].map(textOf);
  const [a, b] = [...node.children].map(textOf);
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

/** In parentheses, unless it is a single name or number. @param {string} part */
function bracketed(part) {
  return /^[\p{L}\p{M}\p{N}.]*$/u.test(part) ? part : `(${part})`;
}
