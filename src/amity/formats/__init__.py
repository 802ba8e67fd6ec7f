"""Readers and writers of the files people really have: bytes to dataclasses, and back."""
