import assert from "node:assert/strict";
import test from "node:test";
import { after, describe, read } from "../../web/static/js/shared/solved.js";

const NOTHING = { version: 1, solved: [], shown: [], streak: 0, best: 0 };

test("right answers make a streak, and each exercise counts once", () => {
  let progress = after(NOTHING, "chain-7", "right");
  progress = after(progress, "one-1", "right");
  assert.equal(after(progress, "one-1", "right"), progress);
  assert.deepEqual([progress.streak, progress.best, progress.solved.length], [2, 2, 2]);
  assert.equal(describe(progress), "2 exercises solved; 2 in a row, 2 at best.");
});

test("a wrong answer costs nothing, a solution that was shown ends the streak", () => {
  const one = after(NOTHING, "one-1", "right");
  assert.equal(after(one, "one-2", "wrong"), one);
  assert.equal(after(one, "one-2", ""), one);
  const shown = after(one, "one-2", "shown");
  assert.deepEqual([shown.streak, shown.best], [0, 1]);
  assert.equal(after(shown, "one-2", "right"), shown);
  assert.equal(describe(NOTHING), "Nothing solved yet.");
});

test("what is exported can be imported, and nothing else", () => {
  const progress = after(NOTHING, "kinks-12", "right");
  assert.deepEqual(read(JSON.stringify(progress)), progress);
  for (const text of [null, "", "{}", "[]", '{"version":1}', '{"version":2,"solved":[],"shown":[],"streak":0,"best":0}'])
    assert.equal(read(text), null);
  assert.equal(read(JSON.stringify({ ...progress, solved: ["<b>"] })), null);
  assert.equal(read(JSON.stringify({ ...progress, streak: -1 })), null);
});
