"""What is in view, and the data behind it.

In: a store and an address (query string). Out: a View (filters and options), and the tables that pages and charts
show, computed once for each state of the store and shared by all visitors.
"""
