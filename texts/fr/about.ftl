# Figures, and what the hub says about itself.
charts-all = Ensemble
charts-bar = Barre
charts-darker = { $title } ; plus foncé signifie plus
charts-in-year = { $count } en { $year }
charts-scrolls = { $title }, défile horizontalement
charts-table = Afficher le tableau
charts-years = La première en { $first }, le plus en { $year } ({ $count }) ; année non indiquée pour { $missing }. Le tableau suit.
figures-all-capacities = Toutes les capacités
figures-all-regions = Toutes les régions
figures-all-sources = Toutes
figures-all-themes = Tous les thèmes
figures-capacity = Capacité
figures-chips = Choix
figures-chosen = { $name } : { $value }
figures-clear = Tout effacer
figures-counted = { $kind } : { $count }
figures-country = Pays
figures-embed = Intégrer
figures-embed-how = Copiez ceci dans votre page. Les chiffres sont recomptés à chaque lecture.
figures-embed-see = Voir seul
figures-from = De
figures-from-hub = Source : { $hub }, compté le { $moment }.
figures-goal = Objectif de développement durable
figures-group = Groupe concerné
figures-kept = Cette adresse garde votre choix.
figures-language = Langue
figures-lead = { $practices } de { $states }, comptées telles que publiées ici, { $moment }.
figures-more = { $count ->
    [one] { $count } autre valeur figure dans le fichier CSV.
   *[other] { $count } autres valeurs figurent dans le fichier CSV.
}
figures-nothing = Rien à compter pour ce choix.
figures-origin = Hub
figures-practices = { $count ->
    [one] { $count } pratique
   *[other] { $count } pratiques
}
figures-region = Région
figures-remove = retirer :
figures-shared = Les chiffres des mécanismes et des documents ne suivent que votre choix de région, de pays, de hub et de source.
figures-show = Afficher
figures-source = Source
figures-states = { $count ->
    [one] { $count } État
   *[other] { $count } États
}
figures-theme = Thème
figures-title-documents-by-type = Documents par type
figures-title-mechanisms-by-type-and-region = Mécanismes par type et par région
figures-title-practices-by-capacity = Pratiques par capacité
figures-title-practices-by-capacity-and-region = Capacités par région
figures-title-practices-by-goal = Pratiques par objectif de développement durable
figures-title-practices-by-group = Pratiques par groupe concerné
figures-title-practices-by-language = Pratiques par langue
figures-title-practices-by-region = Pratiques par région
figures-title-practices-by-source = Dit par l’État, ou compilé
figures-title-practices-by-theme = Pratiques par thème
figures-title-practices-by-theme-and-region = Thème et région
figures-title-practices-by-year = Depuis quand
figures-to = À
figures-twice = Un texte qui a deux de ces valeurs compte pour les deux.
figures-type = Type
figures-un-mechanism = Mécanisme des Nations Unies
figures-what = Ces chiffres comptent ce qui a été publié ici, non ce qui existe. Ils ne classent aucun État.
figures-words = « { $words } »
figures-year = Année
