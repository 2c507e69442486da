"""The verdict: supported, refuted or not enough information, learned on how a claim is aligned with evidence."""
