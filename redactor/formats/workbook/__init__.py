"""What every kind of workbook has in common: cells as read, and the book that is released."""
