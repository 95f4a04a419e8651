"""Contexts become HTML through a theme."""
