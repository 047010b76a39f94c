"""Kind of figure: a mention and its surroundings go in, its scope (incident, period, cumulative) and cause come out."""
