"""The timeline: what goes in is a list or table of figures; what comes out are pandas tables.

Figures become a typed table (`columns`), which is filtered (`filters`) and given bounds by a convention (`bounds`).
Figures that say the same become one claim (`claims`). Claims become events (`incidents`) and running totals
(`totals`), and these become the series of a chart (`series`). `schema` says what each column holds, and `checks`
tests a table against it. Nothing here reads a store, a clock or the network.
"""
