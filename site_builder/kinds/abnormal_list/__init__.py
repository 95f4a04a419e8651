"""经营异常名录: enterprises listed, and sole traders marked, for a duty of publicity not done (DL 8, 19; LY 9, 13)."""
