"""The commands: one file each; the only code that prints, exits or reads the clock."""
