"""Tests of the hidden-content report."""
