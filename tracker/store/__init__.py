"""The store: articles, figures, reviews and failures in an SQLite file or a PostgreSQL database.

In: articles with the figures found in them (`Entry`), figures from tables, failures, and the decisions of people. Out:
the same rows, as records or as one typed table. `store` is the entrance; `database` holds the tables and opens them.
The store knows nothing of where articles come from and nothing of the command line or the dashboard.
"""
