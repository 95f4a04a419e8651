"""行政许可: administrative licences, one half of 双公示 (DL 11(2); LY 10(2))."""
