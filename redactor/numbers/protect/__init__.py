"""Which further counts to hide, so that the small ones cannot be worked out: as few as can be."""
