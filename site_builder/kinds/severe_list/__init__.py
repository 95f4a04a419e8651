"""严重失信主体名单: who is listed, why, and until when (DL 32–35; LY 15, 21, 25)."""
