"""诚信典型: whose honesty is honoured (DL 56; LY 18, 20, 44)."""
