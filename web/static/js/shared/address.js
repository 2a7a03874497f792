// The form's state as an address, the same one the browser would make without scripts.

/** Values of variables that are not on the page at the moment, kept for when they come back.
 * @type {Map<string, string>} */
const remembered = new Map();

/** Longest address; server/address.py has the same number. */
const LONGEST = 6000;
/** How often a busy server is asked again. */
const TIMES = 3;

/** @param {HTMLFormElement} form @returns {URLSearchParams} */
export function question(form) {
  const pairs = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    const text = String(value);
    if (name.startsWith("at.")) remembered.set(name, text);
    if (name === "f" || text.trim() !== "") pairs.append(name, text.replaceAll("\r\n", "\n"));
  }
  for (const [name, value] of remembered) if (!pairs.has(name)) pairs.append(name, value);
  return pairs;
}

/** Forget values: another function came from elsewhere. */
export function forget() {
  remembered.clear();
}

/** Where the tall drawing of the graph has room, and the wide one has not; graph.css says the same. */
export const TALL = matchMedia("(max-width: 819px), (min-width: 1200px) and (max-width: 1375px)");

/** The drawing of the graph that this page shows. */
export function shape() {
  return TALL.matches || document.documentElement.classList.contains("projector") ? "tall" : "wide";
}

/** What every request for this page says of it. */
export const about = () => ({ "X-Adexplain-Shape": shape() });

/** How far a covered trace is uncovered, as a header; predict.js knows, where there is one.
 * @type {(pairs: URLSearchParams) => Record<string, string>} */
let told = () => ({});

/** @param {typeof told} known */
export function tellBy(known) {
  told = known;
}

/** What every request for a state says of it. @param {URLSearchParams} pairs */
export const aboutState = (pairs) => ({ ...about(), ...told(pairs) });

/** The request for a state: in the address where it fits, else in a form's body. A busy server
 * says when to ask again.
 * @param {string} path @param {URLSearchParams} pairs @param {AbortSignal} signal
 * @param {Record<string, string>} [headers] */
export async function ask(path, pairs, signal, headers = {}) {
  const query = pairs.toString();
  const said = { signal, headers: { ...aboutState(pairs), ...headers } };
  const once = () => query.length <= LONGEST ? fetch(`${path}?${query}`, said) : fetch(path, { method: "POST", body: pairs, ...said });
  let response = await once();
  for (let time = 0; time < TIMES; time += 1) {
    const after = response.headers.get("Retry-After");
    if (after === null) break;
    const wait = (Number(after) + Math.random()) * 1000; // a class asks at the same moment
    await new Promise((resolve) => window.setTimeout(resolve, wait));
    response = await once();
  }
  return response;
}
