"""What a visitor may see."""
