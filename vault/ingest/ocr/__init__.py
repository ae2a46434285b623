"""OCR engines, one a file, behind one protocol."""
