"""Tests of the demo's invented cast and paper."""
