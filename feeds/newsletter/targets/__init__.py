"""What each mail service takes: a small module for each, and a row in `feeds.newsletter.exports`.

Every `write(letter, workspace, attachments)` is pure, and gives the bytes of one file with what could not be
carried. All of them are drafts: nothing here makes a service send a mail.
"""
