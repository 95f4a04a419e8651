"""信用奖惩措施清单: who may do what to whom, and by which law (DL 28; LY 20–22)."""
