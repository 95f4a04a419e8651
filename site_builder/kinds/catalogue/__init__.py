"""公共信用信息目录: what is collected, by whom, and how open it is (DL 8; LY 9, 13)."""
