// What has to be done again whenever a part of the page was replaced.
import { showCopyButtons } from "./copy.js";
import { offerCaret } from "./caret.js";
import { addSliders } from "./sliders.js";
import { survey } from "./stepper.js";
import { loadVerdict } from "./verdict.js";

/** @param {ParentNode} root */
export function refresh(root) {
  showCopyButtons(root);
  addSliders(root);
  offerCaret(root);
  survey();
  loadVerdict();
}
