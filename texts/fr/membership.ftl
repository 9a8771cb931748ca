# What is said of membership, keys and focal points.
