// A fresh part of the page is laid over the one that is shown: what is equal stays, so that focus,
// hover, selection, scrolling and opened parts survive, and only what differs is touched.

/** An element that stays as it is. One that scripts made has no id and needs no counterpart; one
 * of the server's is told by its id. */
const KEEP = "data-keep";

/** Classes that only scripts give. */
const OURS = ["lit"];

/** What scripts add to the server's elements: styles, which it never sends, and ways to reach. */
const ADDED = ["style", "role", "tabindex"];

/** Attributes that belong to the reader or to a script, never to the server. @type {Record<string, string[]>} */
const THEIRS = { DETAILS: ["open"], DIALOG: ["open"], INPUT: ["checked"] };

/** Make `old` like `fresh`, whose nodes may be moved over.
 * @param {Element} old @param {Element} fresh
 * @param {boolean} [anew] whether fields take the fresh values, too */
export function morph(old, fresh, anew = false) {
  if (fresh.hasAttribute(KEEP)) return;
  if (!anew && old.isEqualNode(fresh)) return;
  sameAttributes(old, fresh);
  if (old instanceof HTMLInputElement && fresh instanceof HTMLInputElement) {
    if (old.type === "range" || old.type === "radio" || old.type === "checkbox") return;
    const empty = old.value === "" && old !== document.activeElement;
    if ((anew || empty) && old.value !== fresh.value) old.value = fresh.value;
  } else morphChildren(old, fresh, anew);
}

/** Make the children of `old` like those of `fresh`.
 * @param {Element} old @param {Element} fresh @param {boolean} [anew] */
export function morphChildren(old, fresh, anew = false) {
  let here = old.firstChild;
  /** @type {Map<string, ChildNode[]> | undefined} */
  let rest;
  /** @type {ChildNode | undefined} */
  let last;
  for (let next = fresh.firstChild, after; next; next = after) {
    after = next.nextSibling;
    while (here && ownerless(here)) here = here.nextSibling;
    const key = keyOf(next);
    /** @type {ChildNode | null | undefined} */
    let twin = here;
    if (!here || keyOf(here) !== key) {
      // Not in its place: the next of its kind, or new.
      rest ??= byKey(here);
      twin = rest.get(key)?.shift();
      last = old.insertBefore(twin ?? next, last ? last.nextSibling : old.firstChild);
      if (!twin) continue;
    } else {
      rest?.get(key)?.shift();
      last = here;
      here = here.nextSibling;
    }
    if (twin instanceof Element && next instanceof Element) morph(twin, next, anew);
    else if (twin && twin.nodeValue !== next.nodeValue) twin.nodeValue = next.nodeValue;
  }
  for (let after; here; here = after) {
    after = here.nextSibling;
    if (!ownerless(here)) here.remove();
  }
}

/** Whether a node is a script's, with no counterpart in what the server sends. @param {Node} node */
function ownerless(node) {
  return node instanceof Element && node.hasAttribute(KEEP) && !node.id;
}

/** What tells a node from its siblings: an id, the row it belongs to, or only what kind it is.
 * @param {Node} node */
function keyOf(node) {
  if (!(node instanceof Element)) return node.nodeName;
  if (node.id) return `#${node.id}`;
  const name = node.getAttribute("data-row") ?? node.getAttribute("data-for");
  return name === null ? node.nodeName : `${node.nodeName} ${name}`;
}

/** The nodes from `node` on by their keys, in order. @param {ChildNode | null} node */
function byKey(node) {
  /** @type {Map<string, ChildNode[]>} */
  const found = new Map();
  for (; node; node = node.nextSibling) {
    if (ownerless(node)) continue;
    const same = found.get(keyOf(node));
    if (same) same.push(node);
    else found.set(keyOf(node), [node]);
  }
  return found;
}

/** @param {Element} old @param {Element} fresh */
function sameAttributes(old, fresh) {
  const theirs = THEIRS[old.nodeName] ?? [];
  for (const { name, value } of fresh.attributes) {
    if (theirs.includes(name) || old.getAttribute(name) === value) continue;
    if (name === "class") sameClasses(old, value);
    else old.setAttribute(name, value);
  }
  if (old.attributes.length === fresh.attributes.length) return;
  for (const { name } of [...old.attributes]) {
    if (fresh.hasAttribute(name) || theirs.includes(name) || ADDED.includes(name)) continue;
    if (name === "class") sameClasses(old, "");
    else old.removeAttribute(name);
  }
}

/** @param {Element} old @param {string} classes */
function sameClasses(old, classes) {
  const ours = OURS.filter((name) => old.classList.contains(name));
  const wanted = [classes, ...ours].join(" ").trim();
  if (wanted) old.setAttribute("class", wanted);
  else old.removeAttribute("class");
}
