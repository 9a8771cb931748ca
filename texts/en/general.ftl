# What is said of any change.
not-found = This is not here, or your role does not show it to you. Check the id or the address.
foreign = This record is of another hub ({ $origin }), which alone can change it. Write to the people who run that hub.
role-needed = This needs the role “{ $role }”. Ask an administrator of this hub for it.
sign-in-first = Sign in first, or send a token in Authorization: Bearer.
conflict = Somebody else changed this meanwhile. Look at what differs, then save again.
wrong-state = This cannot be done in the present state: { $state }. Look at the state again before you go on.
required = This is missing. Fill it in.
invalid = This is not of the right form: { $why }.
too-long = This is too long: { $why }.
no-conflict-open = No conflict of this hub is open. Look at the list of hubs for those that have one.
