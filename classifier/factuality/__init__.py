"""Whether a text holds true what it says: denied, asked, imagined, proposed, foretold, quoted."""
