"""行政处罚: administrative penalties, the other half of 双公示 (DL 12(4); LY 10(2))."""
