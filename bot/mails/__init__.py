"""E-mails as files: read whatever they hold, in little memory and little time."""
