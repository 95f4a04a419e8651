"""The approved public export: opened, verified and read into typed rows, or every fault."""
