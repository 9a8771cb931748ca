# Figures, and what the hub says about itself.
charts-all = Total
charts-bar = Barra
charts-darker = { $title }; más oscuro significa más
charts-in-year = { $count } en { $year }
charts-scrolls = { $title }, se desplaza horizontalmente
charts-table = Mostrar la tabla
charts-years = La primera en { $first }, la mayoría en { $year } ({ $count }); año no indicado en { $missing }. Sigue la tabla.
figures-all-capacities = Todas las capacidades
figures-all-regions = Todas las regiones
figures-all-sources = Todas
figures-all-themes = Todos los temas
figures-capacity = Capacidad
figures-chips = Elegido
figures-chosen = { $name }: { $value }
figures-clear = Borrar todo
figures-counted = { $kind }: { $count }
figures-country = País
figures-embed = Insertar
figures-embed-how = Copie esto en su página. La cifra se cuenta de nuevo cada vez que alguien la lee.
figures-embed-see = Verla sola
figures-from = Desde
figures-from-hub = Fuente: { $hub }, recuento de { $moment }.
figures-goal = Objetivo de Desarrollo Sostenible
figures-group = Grupo afectado
figures-kept = Esta dirección conserva su elección.
figures-language = Idioma
figures-lead = { $practices } de { $states }, contadas tal como se publicaron aquí, { $moment }.
figures-more = { $count ->
    [one] { $count } valor más está en el archivo CSV.
   *[other] { $count } valores más están en el archivo CSV.
}
figures-nothing = No hay nada que contar con esta elección.
figures-origin = Hub
figures-practices = { $count ->
    [one] { $count } práctica
   *[other] { $count } prácticas
}
figures-region = Región
figures-remove = quitar:
figures-shared = Las cifras de mecanismos y documentos siguen solo su elección de región, país, hub y fuente.
figures-show = Mostrar
figures-source = Fuente
figures-states = { $count ->
    [one] { $count } Estado
   *[other] { $count } Estados
}
figures-theme = Tema
figures-title-documents-by-type = Documentos por tipo
figures-title-mechanisms-by-type-and-region = Mecanismos por tipo y región
figures-title-practices-by-capacity = Prácticas por capacidad
figures-title-practices-by-capacity-and-region = Capacidades por región
figures-title-practices-by-goal = Prácticas por Objetivo de Desarrollo Sostenible
figures-title-practices-by-group = Prácticas por grupo afectado
figures-title-practices-by-language = Prácticas por idioma
figures-title-practices-by-region = Prácticas por región
figures-title-practices-by-source = Dicho por el Estado, o compilado
figures-title-practices-by-theme = Prácticas por tema
figures-title-practices-by-theme-and-region = Tema y región
figures-title-practices-by-year = Desde cuándo
figures-to = Hasta
figures-twice = Un texto con dos de estos valores cuenta en ambos.
figures-type = Tipo
figures-un-mechanism = Mecanismo de las Naciones Unidas
figures-what = Estas cifras cuentan lo que se ha publicado aquí, no lo que existe. No clasifican a ningún Estado.
figures-words = «{ $words }»
figures-year = Año
