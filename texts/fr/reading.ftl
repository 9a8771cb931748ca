# Listes, pratiques, comparaison et recherche.
practices-lead = Ce que font les mécanismes nationaux, et ce qui a marché.
list-results = Résultats
list-filter = Filtrer
list-filter-chosen = { $count ->
    [one] ({ $count } choix)
   *[other] ({ $count } choix)
}
list-show = Afficher les résultats
list-more = { $count ->
    [one] { $count } de plus
   *[other] { $count } de plus
}
list-any = Tous
list-years = Années
list-years-hint = Quatre chiffres, par exemple 2015.
list-days = Dates
list-days-hint = Une année, un mois ou un jour, par exemple 2026, 2026-11 ou 2026-11-24.
list-sort = Trier par
list-sort-do = Trier
list-sort-relevance = Pertinence
list-sort-newest = Plus récentes
list-sort-country = Pays
list-sort-latest-year = Année la plus récente
list-sort-earliest-year = Année la plus ancienne
list-sort-latest-date = Date la plus récente
list-sort-earliest-date = Date la plus ancienne
list-sort-symbol = Cote
list-sort-other = Comme l’indique l’adresse
list-practices = { $count ->
    [one] { $count } pratique
   *[other] { $count } pratiques
}
list-mechanisms = { $count ->
    [one] { $count } mécanisme
   *[other] { $count } mécanismes
}
list-documents = { $count ->
    [one] { $count } document
   *[other] { $count } documents
}
list-events = { $count ->
    [one] { $count } événement
   *[other] { $count } événements
}
list-members = { $count ->
    [one] { $count } membre
   *[other] { $count } membres
}
list-for = { $found } pour « { $words } »
list-chosen = Choix
list-remove = retirer :
list-clear = Tout effacer
list-chip = { $name } : { $value }
list-page = Page { $page } sur { $pages }
list-previous = Page précédente
list-next = Page suivante
list-address = Cette adresse garde votre recherche : copiez-la pour la partager.
list-feed = Suivre par un flux
list-download = Télécharger :
list-nothing = Aucun résultat.
list-nothing-for = Aucun résultat pour « { $words } ».
list-nothing-with = Choix :
list-without = Chercher sans « { $name } »
list-without-words = Chercher sans ces mots
list-search-all = Chercher « { $words } » dans tous les textes
list-nothing-feed = Suivre cette recherche et savoir quand quelque chose est publié
list-name-words = Mots
list-name-theme = Thème
list-name-capacity = Capacité
list-name-region = Région
list-name-country = Pays
list-name-mechanism-type = Type de mécanisme
list-name-type = Type
list-name-un-mechanism = Mécanisme des Nations Unies
list-name-goal = Objectif de développement durable
list-name-group = Pour qui
list-name-language = Disponible en
list-name-from = De
list-name-to = À
list-name-origin = Hub
list-name-compiled = Qui le dit
list-name-standing = Permanence
list-name-mode = Comment participer
list-name-symbol = Cote
list-name-role = Rôle
list-name-status = Statut
list-name-as-of = À la date du
list-name-audience = Lecteurs
list-name-updated-since = Modifié depuis
list-name-suspended = Membres qui ne sont pas actifs
list-name-page = Page
list-value-standing = Permanent
list-value-ad-hoc = Ponctuel
list-value-yes = Oui
list-value-no = Non
list-value-public = Tout le monde
list-value-network = Le réseau seul
