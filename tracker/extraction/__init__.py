"""Reads casualty figures out of articles: the engine. All words of a language are data, in language/."""
