"""What an extension keeps of each user from one session to the next.

Framework-free: where the records are kept is in :mod:`clova_flask.storage`.
"""
