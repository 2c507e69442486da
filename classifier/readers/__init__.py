"""Which rights a text is about, and how it speaks: the learned readers and their features."""
