# What is said of any change.
not-found = There is no such thing here, or you may not see it.
foreign = This record is of another instance ({ $origin }); only that one can change it.
role-needed = This needs the role { $role }; ask an administrator of this instance.
sign-in-first = Sign in first, or send a token in Authorization: Bearer.
conflict = Somebody else changed this meanwhile. Look at what differs, then save again.
wrong-state = This cannot be done now: { $state }.
required = This is missing.
invalid = This is not of the right form: { $why }.
too-long = This is too long: { $why }.
