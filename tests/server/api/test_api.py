import json

import jsonschema
import numpy as np
import pytest

import adexplain
from adexplain.server.explorer import content

BAYDIN = {"f": "ln(x1) + x1*x2 - sin(x2)", "at": {"x1": 2, "x2": 5}}
GRIEWANK = {
    "f": "v1 = x1/x2\nv2 = sin(v1)\nv3 = exp(x2)\nv4 = v1 - v3\nv5 = v2 + v4\nv6 = v5*v4",
    "at": {"x1": 1.5, "x2": 0.5},
}


def test_griewank_walther_as_in_the_book(client):
    data = client.post("/api/explain", json=GRIEWANK).json()
    assert [row["name"] for row in data["rows"]] == ["v1", "v2", "v3", "v4", "v5", "v6"]
    values = [row["value"] for row in data["rows"]]
    assert values == pytest.approx([3.0, 0.1411, 1.6487, 1.3513, 1.4924, 2.0166466694], abs=5e-5)
    into = {name: [] for name in ("v4", "v1", "x2")}
    for item in data["contributions"]:
        into.setdefault(item["into"], []).append(item["total"])
    assert into["v4"] == pytest.approx([1.4924, 2.8437], abs=5e-5)
    assert into["v1"] == pytest.approx([2.8437, 1.5059], abs=5e-5)
    assert into["x2"] == pytest.approx([-4.6884, -13.7240], abs=5e-5)
    assert data["gradient"] == pytest.approx({"x1": 3.0118433277, "x2": -13.7239615093})


def test_get_and_post_answer_the_same(client):
    posted = client.post("/api/explain", json=BAYDIN).json()
    listed = client.get("/api/explain", params={"f": BAYDIN["f"], "at": "x1=2,x2=5"}).json()
    dotted = client.get("/api/explain", params={"f": BAYDIN["f"], "at.x1": 2, "at.x2": 5}).json()
    assert posted == listed == dotted


def test_values_and_seeds_may_be_constant_expressions(client):
    ask = {"f": "sin(x)*y", "at": {"x": "pi/2", "y": 3}, "seed": {"y": "1/4"}}
    data = client.post("/api/explain", json=ask).json()
    assert data["outputs"][0]["value"] == 3.0
    assert data["rows"][-1]["tangent"] == 0.25


def test_a_seed_by_name(client):
    ask = {"f": "[x*y, x + y]", "at": {"x": 2, "y": 3}, "seed": "y", "bar": {"f2": 1}}
    ask["bar"] = client.post("/api/explain", json={"f": ask["f"]}).json()["outputs"][1]["name"]
    data = client.post("/api/explain", json=ask).json()
    assert [row["tangent"] for row in data["rows"]] == [2.0, 1.0]
    assert [item["adjoint"] for item in data["inputs"]] == [1.0, 1.0]


def test_an_explanation_is_what_its_schema_says(client):
    schema = client.get("/api/schema.json").json()
    for ask in (
        BAYDIN,
        {"f": "abs(x)", "at": {"x": 0}},
        {"f": "where(x > 0, log(x), x)", "at": {"x": -1}},
        {"f": "log(x)", "at": {"x": -1}},
        {"f": "9**9**9 + x", "at": {"x": 1}},
        {"f": "[x*y, x]", "mode": "forward"},
        {"f": "x", "mode": "reverse"},
        {"f": "3"},
    ):
        answer = client.post("/api/explain", json=ask)
        assert answer.status_code == 200, ask
        jsonschema.validate(answer.json(), schema)


def test_schema_2_is_asked_for(client):
    asked = {"f": "x*y", "at": {"x": 2, "y": 3}, "schema": 2}
    posted = client.post("/api/explain", json=asked).json()
    query = {"f": "x*y", "at": "x=2,y=3", "schema": 2}
    assert client.get("/api/explain", params=query).json() == posted
    schema = client.get("/api/schema.json", params={"version": 2}).json()
    jsonschema.validate(posted, schema)
    assert posted["schema"] == schema["$id"]
    assert client.post("/api/explain", json={**asked, "schema": 3}).status_code == 422
    assert client.get("/api/explain", params={**query, "schema": 3}).status_code == 422


def test_an_array_needs_schema_2(client, monkeypatch):
    explanation = adexplain.explain("x", {"x": 2})
    explanation.trace.values = [np.array([1.0, 2.0])]
    explanation.__dict__.update(jacobian=[[1.0]], partials=[], status={})
    monkeypatch.setattr(content, "explanation_of", lambda *_: explanation)
    answer = client.post("/api/explain", json={"f": "x", "at": {"x": 2}})
    assert answer.status_code == 422
    assert "schema=2" in answer.json()["error"]["hint"]
    data = client.post("/api/explain", json={"f": "x", "at": {"x": 2}, "schema": 2}).json()
    assert data["inputs"][0]["value"] == [1.0, 2.0]


def test_numbers_json_lacks_are_words(client):
    body = client.post("/api/explain", json={"f": "x/y", "at": {"x": 1, "y": 0}}).text
    assert "Infinity" not in body
    assert "NaN" not in body
    json.loads(body)


def test_compare(client):
    data = client.post("/api/compare", json=BAYDIN).json()
    assert data["verdict"]["agree"] is True
    names = [method["name"] for method in data["methods"]]
    assert names[:3] == ["Reverse AD", "Forward AD", "Symbolic"]
    assert client.get("/api/compare", params={"f": BAYDIN["f"], "at": "x1=2,x2=5"}).json() == data


def test_compare_another_output(client):
    outputs = client.post("/api/explain", json={"f": "[x, x*x]"}).json()["outputs"]
    ask = {"f": "[x, x*x]", "at": {"x": 3}, "output": outputs[1]["name"]}
    data = client.post("/api/compare", json=ask).json()
    assert data["methods"][0]["gradient"] == {"x": 6.0}
    refused = client.post("/api/compare", json={**ask, "output": "nothing"})
    assert refused.status_code == 422


@pytest.mark.parametrize(
    "ask",
    [
        {"f": "sin(x"},
        {"f": ""},
        {"f": "__import__('os')"},
        {"f": "x.__class__"},
        {"f": "1e999999"},
        {"f": "(" * 10_000},
        {"f": "x", "at": {"x": "y"}},
        {"f": "x", "at": {"x": "1e999"}},
        {"f": "x", "seed": "1, 2"},
        {"f": "x", "seed": "nonsense"},
        {"f": "[x, y]", "bar": "1"},
        {"f": "x", "mode": "sideways"},
        {"f": "x", "surprise": 1},
        {"f": 3},
        {},
        [],
    ],
    ids=lambda ask: str(ask)[:40],
)
def test_refusals_have_one_form(client, ask):
    answer = client.post("/api/explain", json=ask)
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert set(error) == {"message", "start", "end", "hint"}
    assert error["message"]


def test_an_error_points_at_the_character(client):
    error = client.post("/api/explain", json={"f": "x + $"}).json()["error"]
    assert (error["start"], error["end"]) == (4, 5)


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"null", b"[" * 100_000])
def test_bodies_that_are_no_json(client, body):
    headers = {"content-type": "application/json"}
    answer = client.post("/api/explain", content=body, headers=headers)
    assert answer.status_code == 422
    assert answer.json()["error"]["message"]


def test_unknown_paths_of_the_api_answer_in_json(client):
    answer = client.get("/api/nothing")
    assert answer.status_code == 404
    assert answer.json()["error"]["message"]
    assert client.put("/api/explain").headers["allow"] == "GET, POST"


def test_every_operation_is_on_the_docs_page(client):
    page = client.get("/api/docs").text
    schema = client.get("/api/openapi.json").json()
    for path, methods in schema["paths"].items():
        assert path in page
        for operation in methods.values():
            assert operation["description"] in page
    assert "http" not in page.replace("http-equiv", "")


def test_the_doctor_is_asked_either_way(client):
    posted = client.post("/api/doctor", json={"f": "sqrt(x)*y", "at": {"x": 0, "y": 2}}).json()
    asked = client.get("/api/doctor", params={"f": "sqrt(x)*y", "at": "x=0,y=2"}).json()
    assert posted == asked
    first = posted["findings"][0]
    assert (first["symptom"], first["row"], first["sweep"]) == ("∂f/∂x is ∞", "v1", "adjoint")
    assert client.post("/api/doctor", json={"f": "x + $"}).status_code == 422
