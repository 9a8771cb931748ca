# Feeds and calendars: what stands over them and beside their entries.
feed-mechanisms = Mécanismes
feed-practices = Pratiques
feed-documents = Documents
feed-events = Événements
feed-members = Membres
calendar-registration = Inscription : { $address }
calendar-source = Source : { $source }
calendar-day-open = La date exacte n’est pas encore fixée.
catalogue-description = Ce que les mécanismes nationaux d’application, d’établissement de rapports et de suivi publient sur eux-mêmes et sur leur travail : les mots de chaque État, conservés ici en copies vérifiées.
catalogue-dataset = { $kind } tels que { $hub } les conserve : chaque fiche avec son origine, sa version et ses sources.
