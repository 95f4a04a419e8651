"""信用等级: the credit grades of organisations (LY 19, 20)."""
