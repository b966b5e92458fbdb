"""What is hidden in a document, in plain English, and held against the lists others check by."""
