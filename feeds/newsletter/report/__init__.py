"""An issue looked at before it is handed over: for people, for programs, as a page."""
