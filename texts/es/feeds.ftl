# Feeds and calendars: what stands over them and beside their entries.
feed-mechanisms = Mecanismos
feed-practices = Prácticas
feed-documents = Documentos
feed-events = Eventos
feed-members = Miembros
calendar-registration = Inscripción: { $address }
calendar-source = Fuente: { $source }
calendar-day-open = La fecha exacta aún no está fijada.
catalogue-description = Lo que los mecanismos nacionales de aplicación, presentación de informes y seguimiento publican sobre sí mismos y su trabajo: las palabras de cada Estado, conservadas aquí como copias verificadas.
catalogue-dataset = { $kind } tal como los conserva { $hub }: cada ficha con su origen, su revisión y sus fuentes.
