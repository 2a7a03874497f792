"""How fast adexplain is, beside what it is measured against."""
