"""What runs inside a worker: files, pages and OCR engines."""
