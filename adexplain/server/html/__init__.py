"""Parts of a page that any page may use: numbers, formulas, charts."""
