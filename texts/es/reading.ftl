# Listas, prácticas, comparación y búsqueda.
practices-lead = Lo que hacen los mecanismos nacionales y lo que les ha dado resultado.
list-results = Resultados
list-filter = Filtrar
list-filter-chosen = { $count ->
    [one] ({ $count } elegido)
   *[other] ({ $count } elegidos)
}
list-show = Mostrar los resultados
list-more = { $count ->
    [one] { $count } más
   *[other] { $count } más
}
list-any = Todos
list-years = Años
list-years-hint = Cuatro cifras, por ejemplo 2015.
list-days = Fechas
list-days-hint = Un año, un mes o un día, por ejemplo 2026, 2026-11 o 2026-11-24.
list-sort = Ordenar por
list-sort-do = Ordenar
list-sort-relevance = Mejor coincidencia
list-sort-newest = Más recientes
list-sort-country = País
list-sort-latest-year = Año más reciente primero
list-sort-earliest-year = Año más antiguo primero
list-sort-latest-date = Fecha más reciente primero
list-sort-earliest-date = Fecha más antigua primero
list-sort-symbol = Signatura
list-sort-other = Como indica la dirección
list-practices = { $count ->
    [one] { $count } práctica
   *[other] { $count } prácticas
}
list-mechanisms = { $count ->
    [one] { $count } mecanismo
   *[other] { $count } mecanismos
}
list-documents = { $count ->
    [one] { $count } documento
   *[other] { $count } documentos
}
list-events = { $count ->
    [one] { $count } evento
   *[other] { $count } eventos
}
list-members = { $count ->
    [one] { $count } miembro
   *[other] { $count } miembros
}
list-for = { $found } para «{ $words }»
list-chosen = Elegido
list-remove = quitar:
list-clear = Borrar todo
list-chip = { $name }: { $value }
list-page = Página { $page } de { $pages }
list-previous = Página anterior
list-next = Página siguiente
list-address = Esta dirección conserva su búsqueda: cópiela para compartirla.
list-feed = Seguir como canal
list-download = Descargar:
list-nothing = No se encontró nada.
list-nothing-for = No se encontró nada para «{ $words }».
list-nothing-with = Elegido:
list-without = Buscar sin «{ $name }»
list-without-words = Buscar sin estas palabras
list-search-all = Buscar «{ $words }» en todos los registros
list-nothing-feed = Seguir esta búsqueda y saber cuándo se publica algo
list-name-words = Palabras
list-name-theme = Tema
list-name-capacity = Capacidad
list-name-region = Región
list-name-country = País
list-name-mechanism-type = Tipo de mecanismo
list-name-type = Tipo
list-name-un-mechanism = Mecanismo de las Naciones Unidas
list-name-goal = Objetivo de Desarrollo Sostenible
list-name-group = Para quién
list-name-language = Disponible en
list-name-from = Desde
list-name-to = Hasta
list-name-origin = Hub
list-name-compiled = Quién lo dice
list-name-standing = Permanencia
list-name-mode = Cómo participar
list-name-symbol = Signatura
list-name-role = Función
list-name-status = Estado
list-name-as-of = A fecha de
list-name-audience = Lectores
list-name-updated-since = Modificado desde
list-name-suspended = Miembros que no están activos
list-name-page = Página
list-value-standing = Permanente
list-value-ad-hoc = Ad hoc
list-value-yes = Sí
list-value-no = No
list-value-public = Todos
list-value-network = Solo la red
