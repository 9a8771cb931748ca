# What is said of any change.
not-found = Cela n’existe pas ici, ou votre rôle ne permet pas de le voir. Vérifiez l’identifiant ou l’adresse.
foreign = Cet enregistrement relève d’un autre hub ({ $origin }), qui seul peut le modifier. Écrivez aux responsables de ce hub.
role-needed = Il faut pour cela le rôle « { $role } ». Demandez-le à l’administration de ce hub.
sign-in-first = Connectez-vous d’abord, ou envoyez un jeton dans Authorization: Bearer.
conflict = Une autre personne a modifié ceci entre-temps. Examinez les différences, puis enregistrez à nouveau.
wrong-state = L’état actuel ne le permet pas : { $state }. Vérifiez cet état avant de continuer.
required = Cette indication manque. Veuillez la fournir.
invalid = La forme n’est pas correcte : { $why }.
too-long = C’est trop long : { $why }.
no-conflict-open = Aucun conflit n’est ouvert pour ce hub. La liste des hubs montre ceux qui en ont un.
