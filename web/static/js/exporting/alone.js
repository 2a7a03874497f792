// The trace alone: inside another page, or in a file of its own.
import { offerCopying, start as startCells } from "../explorer/cells.js";
import { showCopyButtons, start as startCopying } from "../shared/copy.js";
import { start as startFitting } from "./fitting.js";
import { start as startGraph } from "../explorer/graph.js";
import { start as startKeys } from "../explorer/keys.js";
import { start as startSelecting } from "../explorer/select.js";
import { start as startSharing } from "./share.js";
import { offerScrolling, start as startScrolling } from "../shared/overflow.js";
import { readPlace } from "../explorer/state.js";
import { go, leaveAddress, steps, survey } from "../explorer/stepper.js";

// Within another file a trace has no address of its own.
leaveAddress(location.protocol === "about:");
startCells();
startCopying();
startKeys();
startGraph();
startSelecting();
startSharing();
startFitting();
startScrolling();
renew();
// What is no trace is not for a frame: other sites may show nothing else of ours.
for (const link of document.querySelectorAll("a[href^='/api/']")) link.setAttribute("target", "_blank");
// A file has no server that reads its address: `trace.html?step=5` opens it at another step.
const asked = readPlace(new URLSearchParams(location.search).get("step"), steps());
if (asked !== null) go(asked);

/** What is to be done again when a part of the page was exchanged. */
function renew() {
  offerCopying(document);
  offerScrolling();
  showCopyButtons(document);
  survey();
  if (document.querySelector("#step[data-predict]")) void import("../explorer/predict.js").then(({ offerPrediction }) => offerPrediction(renew));
}
