"""The check of what the audit says: whole numbers and sums, no solver."""
