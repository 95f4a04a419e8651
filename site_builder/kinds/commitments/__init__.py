"""信用承诺: what organisations undertake, and whether they kept it (LY 26; DL 9, 13(3))."""
