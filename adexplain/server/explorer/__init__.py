"""The explorer: a function, its trace, every step, the verdict, the code.

Its layers; each imports only from those above it:

    panels   the parts of the page, each made from plain data for its template
    content   from the state that an address asks for to what is sent back
    routes step_routes run_routes row_routes graph_routes predict_routes   the addresses
"""
