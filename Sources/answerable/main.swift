print("answerable")
