import assert from "node:assert/strict";
import test from "node:test";
import { describeLesson, describeLessons, readLessons } from "../../web/static/js/shared/progress.js";

test("a lesson is told by what there is to tell of it", () => {
  assert.equal(describeLesson(undefined), "");
  assert.equal(describeLesson({ questions: 5, tasks: 1 }), "");
  assert.equal(describeLesson({ questions: 5, tasks: 1, right: [1, 4] }), "begun, 2 of 5 questions");
  assert.equal(describeLesson({ read: true, tasks: 1, solved: ["e1"] }), "✓ read, 1 of 1 exercise");
  assert.equal(describeLesson({ read: true }), "✓ read");
});

test("the exercises of lessons are not counted twice", () => {
  const kept = { a: { read: true, right: [1, 2], solved: ["e1", "c1"] }, b: { right: [3] } };
  assert.equal(describeLessons(kept), "1 read, 3 questions answered, 1 mistake found");
  assert.equal(describeLessons({ a: { solved: ["e1"] } }), "");
  assert.equal(describeLessons({}), "");
});

test("what makes no sense is left out", () => {
  const kept = { "04-steps": { read: true, right: [1], questions: 5, solved: ["e1"], tasks: 1 } };
  assert.deepEqual(readLessons(JSON.parse(JSON.stringify(kept))), kept);
  for (const data of [null, [], "text", 3, { "<b>": {} }, { a: null }]) assert.deepEqual(readLessons(data), {});
  assert.deepEqual(readLessons({ a: { read: "yes", right: ["<b>"], questions: -1, solved: ["<b>"], tasks: 0.5 } }), { a: {} });
});
