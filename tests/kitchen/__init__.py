"""Files that hold something in every place a file can hold something."""
