"""export placeholder"""
