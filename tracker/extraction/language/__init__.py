"""One TOML file for each language: its words, patterns, and the examples that test them."""
