# Lists, practices, comparison and search.
