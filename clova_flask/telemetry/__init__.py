"""What is told of messages beside their answers: how long their parts took, spans, metrics, ids in the log.

Off, nothing but :mod:`.trace` is imported, and that only where a signal has receivers.
"""
