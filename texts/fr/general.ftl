# What is said of any change.
not-found = Cela n’existe pas ici, ou vous ne pouvez pas le voir.
foreign = Cet enregistrement vient d’une autre instance ({ $origin }) ; elle seule peut le modifier.
role-needed = Il faut pour cela le rôle { $role } ; demandez à un administrateur de cette instance.
sign-in-first = Connectez-vous d’abord, ou envoyez un jeton dans Authorization: Bearer.
conflict = Quelqu’un d’autre a modifié ceci entre-temps. Regardez ce qui diffère, puis enregistrez à nouveau.
wrong-state = Ce n’est pas possible maintenant : { $state }.
required = Il manque cette indication.
invalid = La forme n’est pas correcte : { $why }.
too-long = C’est trop long : { $why }.
