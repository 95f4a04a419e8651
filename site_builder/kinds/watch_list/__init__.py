"""重点关注主体名单: whom supervision watches (LY 25; DL 31(2))."""
