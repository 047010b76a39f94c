"""Chooses who, when and where: sentence, mention and discourse in; the best candidate of each question out."""
