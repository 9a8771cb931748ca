# What is said of accounts and signing in.
