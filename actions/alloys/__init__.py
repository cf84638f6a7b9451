"""Questions about alloys."""
