"""A claim laid beside its evidence word by word: features of the verdict, and the slots that differ."""
