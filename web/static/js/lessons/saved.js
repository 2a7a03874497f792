// A lesson as a file: each trace steps in a frame of its own, made of what the file holds. All of
// them share one style and one script; the file's policy knows both, and holds in the frames, too.
import { enliven } from "./live_traces.js";

const style = document.querySelector("style")?.textContent ?? "";
const script = document.getElementById("of-traces")?.textContent ?? "";

enliven((frame, figure) => {
  const trace = figure.querySelector("template")?.innerHTML ?? "";
  const title = document.createElement("title");
  title.textContent = frame.title;
  frame.srcdoc = `<!doctype html><html lang="en" class="alone framed"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">${title.outerHTML}<style>${style}</style></head><body><main id="main" tabindex="-1">${trace}</main><script type="module">${script}</script></body></html>`;
});
