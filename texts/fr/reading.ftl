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
speak-original = Vous lisez le texte en { $language }, l’original.
speak-translation = Vous lisez le texte en { $language }, une traduction.
speak-plain = Vous lisez le texte en { $language }.
speak-lacks = Non publié en { $wanted }.
speak-read-original = Lire l’original, en { $language }
prov-heading = Qui le dit, et depuis quand
prov-coordinator = la coordination du réseau
prov-published = Auteur : { $who }. Publié le { $day }, version { $version }.
prov-compiled = Établi à partir de sources publiques le { $day }, version { $version }. Auteur : { $who }.
prov-no-statement = Ce texte n’est pas une déclaration de cet État ({ $country }), qui n’a pas encore de hub. Il peut le corriger ou le reprendre.
prov-no-statement-hub = Ce texte n’est pas une déclaration de cet État ({ $country }). Il peut le corriger ou le reprendre.
prov-own = C’est le texte lui-même, pas une copie : ce hub est celui de son auteur.
prov-equal = Dernière preuve que cette copie est identique à l’original ({ $who }) : { $when }.
prov-via = Copie prouvée identique : { $when }, lue par un autre hub ({ $through }). Elle porte la signature de l’auteur ({ $who }).
prov-late = Le hub de l’auteur ({ $who }) n’a pas répondu depuis : { $when }. Voici le texte tel qu’il était alors.
prov-stale = La dernière déclaration signée de l’auteur ({ $who }) a plus d’un jour : { $when }. Voici le texte tel qu’il était alors.
prov-paused = L’administration de ce hub a suspendu la copie des fiches de l’auteur ({ $who }) : { $when }. Voici le texte tel qu’il était alors.
prov-too-large = Le hub de l’auteur ({ $who }) propose plus que ce hub ne reprend : { $when }. Voici le texte tel qu’il était alors.
prov-unproved = Ce que le hub de l’auteur ({ $who }) a proposé en dernier ne se prouve pas et n’a pas été repris. Voici le texte prouvé auparavant.
prov-conflict = Deux déclarations signées du même hub ({ $who }) se contredisent. Les deux sont gardées comme preuves ; voici le dernier texte prouvé.
prov-suspended = Cette adhésion n’est pas active : { $who }. La copie est gardée, hors des listes.
prov-suspended-since = Cette adhésion n’est plus active depuis : { $day } ({ $who }). La copie est gardée, hors des listes.
prov-network = Pour les membres du réseau seulement : ne pas transmettre.
prov-verify = Vérifiez vous-même
prov-signed = Texte signé (JWS)
prov-history = Versions antérieures
prov-engineers = Pour les ingénieurs
practice-of = Pratique : { $country }
practice-text = La pratique
practice-lessons = Enseignements
practice-no-lessons = Aucun enseignement n’est publié pour cette pratique ({ $country }).
practice-no-lessons-compiled = Les sources ne donnent pas d’enseignements.
practice-own-words = Résumé et traduit par ceux qui l’ont établi.
practice-correct = Proposer une correction
practice-facts = En bref
practice-mechanism = Mécanisme
practice-capacities = Capacités
practice-un-mechanisms = Mécanismes des Nations Unies
practice-goals = Objectifs de développement
practice-groups = Pour qui
practice-years = Années
practice-follows = Elle s’inspire de
practice-adopted = Reprise par
practice-adopted-none = Aucun autre mécanisme n’a encore dit avoir repris cette pratique.
practice-adopted-yours = Et le vôtre ? Dites-le au réseau
practice-adopted-more = { $count ->
    [one] Et { $count } autre.
   *[other] Et { $count } autres.
}
practice-related = Pratiques proches
practice-compare = Comparer avec une autre pratique
practice-compare-these = Comparer avec celles-ci
sources = Sources
sources-none = Aucune source n’est indiquée.
sources-links = Pour en savoir plus
sources-to-confirm = À confirmer : { $country }.
cite = Citer
cite-copy = Copier
cite-copied = Copié.
cite-print = La commande d’impression de votre navigateur donne une page nette.
field-title = Titre
field-summary = Résumé
field-description = Description
field-mandate = Mandat
field-composition = Composition
field-host = Rattachement
field-established = Création
history-title = Versions antérieures
history-record = Le texte
history-own = Toutes les versions publiées par ce hub, la plus récente d’abord.
history-seen = Les versions que ce hub a vues, la plus récente d’abord. Le hub de l’auteur les a toutes.
history-version = Version { $version }
history-when = Signée : { $signed } ; ici depuis : { $received }.
history-not-shown = Cette version n’est pas montrée : elle ne respecte pas les règles du réseau.
history-first = La première version.
history-before-unknown = La version précédente n’est pas conservée ici.
history-same = Son texte est le même qu’avant.
history-changed = { $count ->
    [one] Ce qui a changé : { $count } champ
   *[other] Ce qui a changé : { $count } champs
}
changes-removed = supprimé :
changes-added = ajouté :
verify-title = Vérifiez vous-même
verify-lead = Votre navigateur vérifie maintenant que ce texte est signé par son auteur ({ $who }), avec une clé inscrite au registre du réseau.
verify-steps = Ce qui est comparé
verify-waits = Pas encore vérifié.
verify-no-script = Cette vérification demande un script dans votre navigateur. Sinon, vérifiez à la main, comme ci-dessous.
verify-right = Toutes les étapes concordent. C’est le texte que son auteur a signé.
verify-wrong = Une étape ne concorde pas. Ne vous fiez pas à ce texte ; prévenez les responsables de ce hub.
verify-unable = Votre navigateur ne sait pas vérifier ces signatures (Ed25519), ou cette page n’est pas ouverte en https. Vérifiez à la main, comme ci-dessous.
verify-fetched = Le texte signé est obtenu
verify-fetched-right = Il a la forme prescrite par le réseau, et nomme l’auteur et la version affichés.
verify-fetched-wrong = Il n’a pas la forme prescrite, ou nomme un autre auteur ou une autre version.
verify-digest = Son empreinte est calculée
verify-digest-right = C’est l’empreinte de la copie vérifiée de ce hub.
verify-digest-wrong = Ce n’est pas l’empreinte de la copie vérifiée de ce hub.
verify-address = L’adresse est calculée à partir de l’auteur et du nom
verify-address-right = C’est l’adresse de cette page.
verify-address-wrong = Ce n’est pas l’adresse de cette page.
verify-register = Les clés de l’auteur sont lues au registre, dont la signature est vérifiée
verify-register-right = L’inscription est signée par la coordination du réseau, maillon par maillon depuis le premier.
verify-register-pinned = Ce hub n’a pas de registre : ses responsables ont inscrit ces clés à la main.
verify-register-wrong = L’inscription manque, ou n’est pas signée par la coordination du réseau.
verify-key = La clé qui a signé est cherchée parmi elles
verify-key-right = Elle est inscrite pour cet auteur. Son nom a été calculé, non cru.
verify-key-wrong = Elle n’est pas inscrite pour cet auteur.
verify-signature = La signature est vérifiée avec cette clé
verify-signature-right = La signature est juste : aucune lettre n’a changé depuis.
verify-signature-wrong = La signature est fausse.
verify-text = Le titre affiché est comparé au titre signé
verify-text-right = C’est le même.
verify-text-wrong = C’en est un autre.
verify-by-hand = Vérifier à la main
verify-by-hand-how = Obtenez le texte signé et les clés de la coordination, ou laissez votre propre hub refaire tout le chemin du texte à la liste signée par l’auteur.
verify-elsewhere = Qui ne se fie pas à ce hub ouvre le même texte sur un autre : le texte signé est le même, octet par octet.
search-title = Recherche : { $words }
search-how = Les mots des six langues trouvent pratiques, mécanismes, documents et événements ; une expression se met entre guillemets.
search-kinds = Genres de textes
search-everything = Tout
search-count = { $count ->
    [one] { $count } texte
   *[other] { $count } textes
}
search-countries = Pays :
search-fewer = Essayez moins de mots, ou ceux d’une autre langue.
search-practice = Pratique
search-mechanism = Mécanisme
search-document = Document
search-event = Événement
search-member = Membre
compare = Comparer
compare-practices = { $count ->
    [one] Comparer { $count } pratique
   *[other] Comparer { $count } pratiques
}
compare-mechanisms = { $count ->
    [one] Comparer { $count } mécanisme
   *[other] Comparer { $count } mécanismes
}
compare-lead = Côte à côte, jusqu’à quatre. Cette adresse garde votre choix.
compare-less = Tout ne peut être montré : un texte n’est pas ici, ou il y en a plus de quatre.
compare-lighter = Le texte plus clair marque ce qui est identique pour tous.
compare-differ = Montrer seulement ce qui diffère
compare-all-rows = Montrer toutes les lignes
compare-same = (identique pour tous)
compare-scroll = Comparaison, défile de côté
compare-remove = Retirer
compare-fresh = Fraîcheur
compare-languages = Langues
compare-add = En ajouter
compare-add-this = Ajouter
compare-search = Chercher quoi ajouter
compare-list = Choisir dans toute la liste
