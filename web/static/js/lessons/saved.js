// A lesson saved as a file: each live trace is a frame made of what the file holds. The frames share one
// style and one script, which the file's Content-Security-Policy allows; it applies in the frames as well.
import { addFrames } from "./live_traces.js";

const style = document.querySelector("style")?.textContent ?? "";
const script = document.getElementById("trace-script")?.textContent ?? "";

addFrames((frame, figure) => {
  const trace = figure.querySelector("template")?.innerHTML ?? "";
  const title = document.createElement("title");
  title.textContent = frame.title;
  frame.srcdoc = `<!doctype html><html lang="en" class="alone framed"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">${title.outerHTML}<style>${style}</style></head><body><main id="main" tabindex="-1">${trace}</main><script type="module">${script}</script></body></html>`;
});
