"""What happens to a post's Markdown until it is HTML that any feed or mail can carry, or plain text.

Markdown ─ shortcodes ─▶ ─ normalise ─▶ ─ markup (Python-Markdown) ─▶ HTML ─ links ─▶ ─ sanitize ─▶ HTML
└─ plaintext ─▶ text
"""
