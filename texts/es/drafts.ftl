# What is said of drafts.
