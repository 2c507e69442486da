"""The researcher's room: sets and labels in, training and measuring, labels and figures out."""
