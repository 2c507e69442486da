"""What a text means to say, guessed from how it is spelt: chat spellings, digits for letters, telex, slips."""
