"""What the bureau says: dated, cited, signed by someone. It holds no mechanism and never imports Django."""
