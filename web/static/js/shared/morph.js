// Change a part of the page into a fresh one from the server, touching only what differs, so that focus,
// hover, selection, scrolling and opened parts survive.

/** Marks an element that stays as it is. Without an id it was made by a script, and has no counterpart
 * in what the server sends; with one it is matched by its id. */
const KEEP = "data-keep";

/** Classes that only scripts set. */
const SCRIPT_CLASSES = ["lit"];

/** Attributes that scripts add to the server's elements. */
const SCRIPT_ATTRIBUTES = ["style", "role", "tabindex"];

/** Attributes by element that the reader or a script changes; the server's value is only the first.
 * @type {Record<string, string[]>} */
const READER_ATTRIBUTES = { DETAILS: ["open"], DIALOG: ["open"], INPUT: ["checked"] };

/** Make `old` equal to `fresh`, whose nodes may be moved over.
 * @param {Element} old @param {Element} fresh
 * @param {boolean} [reset] whether fields take the fresh values, too */
export function morph(old, fresh, reset = false) {
  if (fresh.hasAttribute(KEEP)) return;
  if (!reset && old.isEqualNode(fresh)) return;
  copyAttributes(old, fresh);
  if (old instanceof HTMLInputElement && fresh instanceof HTMLInputElement) {
    if (old.type === "range" || old.type === "radio" || old.type === "checkbox") return;
    const empty = old.value === "" && old !== document.activeElement;
    if ((reset || empty) && old.value !== fresh.value) old.value = fresh.value;
  } else morphChildren(old, fresh, reset);
}

/** Make the children of `old` equal to those of `fresh`.
 * @param {Element} old @param {Element} fresh @param {boolean} [reset] */
export function morphChildren(old, fresh, reset = false) {
  let here = old.firstChild;
  /** @type {Map<string, ChildNode[]> | undefined} */
  let rest;
  /** @type {ChildNode | undefined} */
  let last;
  for (let next = fresh.firstChild, after; next; next = after) {
    after = next.nextSibling;
    while (here && madeByScript(here)) here = here.nextSibling;
    const key = keyOf(next);
    /** @type {ChildNode | null | undefined} */
    let twin = here;
    if (!here || keyOf(here) !== key) {
      // Not in its place: move the next node with the same key here, or insert the fresh node.
      rest ??= byKey(here);
      twin = rest.get(key)?.shift();
      last = old.insertBefore(twin ?? next, last ? last.nextSibling : old.firstChild);
      if (!twin) continue;
    } else {
      rest?.get(key)?.shift();
      last = here;
      here = here.nextSibling;
    }
    if (twin instanceof Element && next instanceof Element) morph(twin, next, reset);
    else if (twin && twin.nodeValue !== next.nodeValue) twin.nodeValue = next.nodeValue;
  }
  for (let after; here; here = after) {
    after = here.nextSibling;
    if (!madeByScript(here)) here.remove();
  }
}

/** Whether a script made the node: the server sends no counterpart. @param {Node} node */
function madeByScript(node) {
  return node instanceof Element && node.hasAttribute(KEEP) && !node.id;
}

/** What identifies a node among its siblings: its id, the row or step it belongs to, or its kind.
 * @param {Node} node */
function keyOf(node) {
  if (!(node instanceof Element)) return node.nodeName;
  if (node.id) return `#${node.id}`;
  const name = node.getAttribute("data-row") ?? node.getAttribute("data-for");
  return name === null ? node.nodeName : `${node.nodeName} ${name}`;
}

/** `node` and the siblings after it by their keys, in order. @param {ChildNode | null} node */
function byKey(node) {
  /** @type {Map<string, ChildNode[]>} */
  const found = new Map();
  for (; node; node = node.nextSibling) {
    if (madeByScript(node)) continue;
    const same = found.get(keyOf(node));
    if (same) same.push(node);
    else found.set(keyOf(node), [node]);
  }
  return found;
}

/** @param {Element} old @param {Element} fresh */
function copyAttributes(old, fresh) {
  const skipped = READER_ATTRIBUTES[old.nodeName] ?? [];
  for (const { name, value } of fresh.attributes) {
    if (skipped.includes(name) || old.getAttribute(name) === value) continue;
    if (name === "class") copyClasses(old, value);
    else old.setAttribute(name, value);
  }
  if (old.attributes.length === fresh.attributes.length) return;
  for (const { name } of [...old.attributes]) {
    if (fresh.hasAttribute(name) || skipped.includes(name) || SCRIPT_ATTRIBUTES.includes(name)) continue;
    if (name === "class") copyClasses(old, "");
    else old.removeAttribute(name);
  }
}

/** @param {Element} old @param {string} classes */
function copyClasses(old, classes) {
  const kept = SCRIPT_CLASSES.filter((name) => old.classList.contains(name));
  const wanted = [classes, ...kept].join(" ").trim();
  if (wanted) old.setAttribute("class", wanted);
  else old.removeAttribute("class");
}
