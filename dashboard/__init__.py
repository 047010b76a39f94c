"""The dashboard: the timeline in a browser, with the evidence behind every figure."""
