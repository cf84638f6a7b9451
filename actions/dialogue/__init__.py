"""What a message means where the talk stands, and who does what about it: reading and state in, commands out, one answer."""
