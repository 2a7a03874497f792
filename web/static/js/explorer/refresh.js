// What has to be done again whenever parts of the page were replaced.
import { offerCopying } from "./cells.js";
import { showCopyButtons } from "../shared/copy.js";
import { offerCaret } from "./caret.js";
import { loadGraph } from "./graph.js";
import { showPlaying } from "./keys.js";
import { offerScrolling } from "../shared/overflow.js";
import { addSliders } from "./sliders.js";
import { forgetRuns } from "./run.js";
import { updateSoon } from "./share.js";
import { readPage } from "./stepper.js";
import { showCopyFileButtons } from "./copy_file.js";
import { loadVerdict } from "./verdict.js";

/** @param {ParentNode} root */
export function refresh(root) {
  offerCopying(root);
  showCopyButtons(root);
  showCopyFileButtons(root);
  addSliders(root);
  offerCaret(root);
  // Loaded with the first gap: most traces have none.
  if (document.querySelector(".gap")) void import("./rows.js").then(({ showGapButtons }) => showGapButtons(root));
  // Loaded with the first covered trace: most readers only look.
  if (document.querySelector("#step[data-predict]")) void import("./predict.js").then(({ offerPrediction }) => offerPrediction(refresh));
  offerScrolling();
  readPage();
  showPlaying();
  updateSoon();
  forgetRuns();
  loadVerdict();
  void loadGraph();
}
