// What has to be done again whenever a part of the page was replaced.
import { offerCopying } from "./cells.js";
import { showCopyButtons } from "../shared/copy.js";
import { offerCaret } from "./caret.js";
import { loadGraph } from "./graph.js";
import { showPlaying } from "./keys.js";
import { offerScrolling } from "../shared/overflow.js";
import { addSliders } from "./sliders.js";
import { forgetRuns } from "./run.js";
import { followSoon } from "../exporting/share.js";
import { survey } from "./stepper.js";
import { showTakeButtons } from "../exporting/copy_file.js";
import { loadVerdict } from "./verdict.js";

/** @param {ParentNode} root */
export function refresh(root) {
  offerCopying(root);
  showCopyButtons(root);
  showTakeButtons(root);
  addSliders(root);
  offerCaret(root);
  // Most traces have no gaps: what opens them comes with the first one.
  if (document.querySelector(".gap")) void import("./rows.js").then(({ offerLines }) => offerLines(root));
  // So does predicting: most people only look.
  if (document.querySelector("#step[data-predict]")) void import("./predict.js").then(({ offerPrediction }) => offerPrediction(refresh));
  offerScrolling();
  survey();
  showPlaying();
  followSoon();
  forgetRuns();
  loadVerdict();
  void loadGraph();
}
