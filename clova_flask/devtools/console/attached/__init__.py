"""The app under development, in a process of its own beside the console."""
