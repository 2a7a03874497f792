// The scripts of a trace alone: embedded in another page, or in a file of its own.
import { offerCopying, start as startCells } from "../explorer/cells.js";
import { showCopyButtons, start as startCopying } from "../shared/copy.js";
import { start as startFitting } from "./fitting.js";
import { start as startGraph } from "../explorer/graph.js";
import { start as startKeys } from "../explorer/keys.js";
import { start as startSelecting } from "../explorer/select.js";
import { start as startSharing } from "../explorer/share.js";
import { offerScrolling, start as startScrolling } from "../shared/overflow.js";
import { readPlace } from "../explorer/state.js";
import { freezeAddress, go, readPage, steps } from "../explorer/stepper.js";

// A trace in the frame of a file has no address to write steps into.
freezeAddress(location.protocol === "about:");
startCells();
startCopying();
startKeys();
startGraph();
startSelecting();
startSharing();
startFitting();
startScrolling();
refresh();
// JSON opens in a new tab: the server lets other sites frame nothing but traces.
for (const link of document.querySelectorAll("a[href^='/api/']")) link.setAttribute("target", "_blank");
// A file reads its own address, since it has no server: `trace.html?step=5` opens it at step 5.
const wanted = readPlace(new URLSearchParams(location.search).get("step"), steps());
if (wanted !== null) go(wanted);

/** Refresh what depends on parts of the page that were replaced. */
function refresh() {
  offerCopying(document);
  offerScrolling();
  showCopyButtons(document);
  readPage();
  if (document.querySelector("#step[data-predict]")) void import("../explorer/predict.js").then(({ offerPrediction }) => offerPrediction(refresh));
}
