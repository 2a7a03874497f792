def test_a_formula_beyond_all_bounds_is_counted_and_not_shown(client):
    text = "\n".join(["v0 = x", *(f"v{i} = sin(v{i - 1})" for i in range(1, 41))])
    answer = client.get("/verdict", params={"f": text, "at.x": "1"})
    assert answer.status_code == 200
    assert "operations, too long to show" in answer.text
