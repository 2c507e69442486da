"""Passages: facts and law, found for a claim, put in order, and chosen from."""
