"""What the portal and the desk have in common: the frame of the page, its words, sign-in, security headers."""
