import assert from "node:assert/strict";
import test from "node:test";
import { carriedOver, inSweep, mark, moved, readPlace, touched, withStep } from "../../web/static/js/explorer/state.js";

const SWEEPS = [
  { kind: "primal", start: 0, count: 6 },
  { kind: "tangent", start: 6, count: 6 },
  { kind: "adjoint", start: 12, count: 11 },
];

test("keys lead where a person expects", () => {
  assert.equal(moved(null, "forward", 23), 1);
  assert.equal(moved(null, "back", 23), 23);
  assert.equal(moved(22, "forward", 23), 23);
  assert.equal(moved(23, "forward", 23), 23);
  assert.equal(moved(0, "back", 23), 0);
  assert.equal(moved(5, "first", 23), 0);
  assert.equal(moved(5, "last", 23), 23);
  assert.equal(moved(5, "whole", 23), null);
  assert.equal(moved(null, "forward", 0), 0);
});

test("forward and back undo one another, wherever one stands", () => {
  for (let step = 0; step < 23; step += 1) assert.equal(moved(moved(step, "forward", 23), "back", 23), step);
});

test("a place is read from an address and written into it", () => {
  assert.equal(readPlace("17", 23), 17);
  assert.equal(readPlace("99", 23), 23);
  for (const text of [null, "", "-1", "1.5", "x", "1e3"]) assert.equal(readPlace(text, 23), null);
  assert.equal(withStep("?f=x&step=3", 4), "?f=x&step=4");
  assert.equal(withStep("?step=3&f=x", 4), "?f=x&step=4");
  assert.equal(withStep("?f=x&step=3&view=projector", null), "?f=x&view=projector");
  assert.equal(withStep("", 1), "?step=1");
  assert.equal(withStep("?f=xstep=1", 2), "?f=xstep=1&step=2");
});

test("a number is pending before its step, now at it, and done after", () => {
  assert.deepEqual([15, 16, 17, 18].map((step) => mark(step, 17)), ["pending", "pending next", "now", ""]);
  assert.equal(mark(null, 17), "");
  assert.equal(mark(null, 3, 9), "past");
  assert.deepEqual([2, 3, 8, 9].map((step) => mark(step, 3, 9)), ["pending next", "now", "", "past"]);
});

test("the sweep of a step", () => {
  assert.equal(inSweep(0, SWEEPS), undefined);
  assert.equal(inSweep(null, SWEEPS), undefined);
  assert.deepEqual([1, 6, 7, 12, 17].map((step) => [inSweep(step, SWEEPS)?.kind, inSweep(step, SWEEPS)?.position]), [
    ["primal", 1], ["primal", 6], ["tangent", 1], ["tangent", 6], ["adjoint", 5],
  ]);
});

test("another mode keeps the place in its sweep", () => {
  const reverse = [SWEEPS[0], { kind: "adjoint", start: 6, count: 11 }];
  assert.equal(carriedOver(17, SWEEPS, reverse), 11);
  assert.equal(carriedOver(8, SWEEPS, reverse), null);
  assert.equal(carriedOver(0, SWEEPS, reverse), 0);
  assert.equal(carriedOver(null, SWEEPS, reverse), null);
});

test("a move touches only what lies between, and the one that comes next", () => {
  assert.deepEqual(touched(3, 4, 23), [3, 5]);
  assert.deepEqual(touched(9, 2, 23), [2, 10]);
  assert.deepEqual(touched(22, 23, 23), [22, 23]);
  assert.deepEqual(touched(null, 3, 23), [0, 23]);
  // What lies outside looks the same before and after.
  for (let from = 0; from <= 23; from += 1) {
    for (let to = 0; to <= 23; to += 1) {
      const [low, high] = touched(from, to, 23);
      for (let number = 1; number <= 23; number += 1) {
        if (number < low || number > high) assert.equal(mark(from, number), mark(to, number));
      }
    }
  }
});
