"""What mail programs know, and what readers lose where they do not."""
