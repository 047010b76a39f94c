"""Reference datasets (UCDP, ACLED, Tech for Palestine, plain tables), compared with the totals in reports.

In: a file as it was published. Out: a `Reference`, which is one typed table of running totals (`reading` recognises
the format). `compare` puts the totals of reports beside it, `chart` and `page` show the result.
"""
