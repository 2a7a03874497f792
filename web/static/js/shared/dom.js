// Short names for what most modules do with the document.

/** @param {string} id */
export const byId = (id) => document.getElementById(id);
