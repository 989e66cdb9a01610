"""Bytes and objects: JSON, schemas, rows. It knows no Clova word."""
