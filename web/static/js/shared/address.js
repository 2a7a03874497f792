// The state of the page's form as an address query, and requests to the server for such a state.

/** Values of variables that the form does not show at the moment, kept for when they come back.
 * @type {Map<string, string>} */
const remembered = new Map();

/** Longest address; server/http/address.py has the same number. */
const LONGEST = 6000;
/** How often a request is repeated when the server is busy. */
const RETRIES = 3;

const mainForm = () => /** @type {HTMLFormElement} */ (document.getElementById("ask"));

/** The query that submitting the form without scripts would make. @returns {URLSearchParams} */
export function formQuery(form = mainForm()) {
  const pairs = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    const text = String(value);
    if (name.startsWith("at.")) remembered.set(name, text);
    if (name === "f" || text.trim() !== "") pairs.append(name, text.replaceAll("\r\n", "\n"));
  }
  for (const [name, value] of remembered) if (!pairs.has(name)) pairs.append(name, value);
  return pairs;
}

/** Forget the remembered values: the form is about to show another function. */
export function forget() {
  remembered.clear();
}

/** Screens on which the tall drawing of the graph fits better than the wide one; graph.css has the
 * same ranges. */
export const TALL = matchMedia("(max-width: 819px), (min-width: 1200px) and (max-width: 1375px)");

/** The drawing of the graph that this page shows. */
export function shape() {
  return TALL.matches || document.documentElement.classList.contains("projector") ? "tall" : "wide";
}

/** The header that says how far a covered trace is revealed. predict.js sets it when it loads.
 * @type {(pairs: URLSearchParams) => Record<string, string>} */
let revealedHeader = () => ({});

/** @param {typeof revealedHeader} header */
export function setRevealedHeader(header) {
  revealedHeader = header;
}

/** The headers of every request for a state. @param {URLSearchParams} pairs */
export const headersFor = (pairs) => ({ "X-Adexplain-Shape": shape(), ...revealedHeader(pairs) });

/** Request a page or a part of one for a state. The state goes into the address if it fits, else
 * into the body of a POST. A busy server says after how many seconds to try again.
 * @param {string} path @param {URLSearchParams} pairs @param {AbortSignal} signal
 * @param {Record<string, string>} [headers] */
export async function request(path, pairs, signal, headers = {}) {
  const query = pairs.toString();
  const options = { signal, headers: { ...headersFor(pairs), ...headers } };
  const send = () => query.length <= LONGEST ? fetch(`${path}?${query}`, options) : fetch(path, { method: "POST", body: pairs, ...options });
  let response = await send();
  for (let time = 0; time < RETRIES; time += 1) {
    const after = response.headers.get("Retry-After");
    if (after === null) break;
    const wait = (Number(after) + Math.random()) * 1000; // the random part spreads the requests of a class
    await new Promise((resolve) => window.setTimeout(resolve, wait));
    response = await send();
  }
  return response;
}
