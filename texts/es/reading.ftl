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
speak-original = Está leyendo el texto en { $language }, el original.
speak-translation = Está leyendo el texto en { $language }, una traducción.
speak-plain = Está leyendo el texto en { $language }.
speak-lacks = No publicado en { $wanted }.
speak-read-original = Leer el original, en { $language }
prov-heading = Quién lo dice y qué tan reciente es
prov-coordinator = la coordinación de la red
prov-published = Publicado por { $who } el { $day }, versión { $version }.
prov-compiled = Compilado de fuentes públicas por { $who } el { $day }, versión { $version }.
prov-no-statement = Esto no es una declaración de { $country }, que aún no tiene hub. Puede corregir este registro o hacerse cargo de él.
prov-no-statement-hub = Esto no es una declaración de { $country }. Puede corregir este registro o hacerse cargo de él.
prov-own = Es el propio registro, no una copia: este hub es el de su autor.
prov-equal = Última prueba de que esta copia es igual al original ({ $who }): { $when }.
prov-via = Copia de igualdad probada: { $when }, leída a través de otro hub ({ $through }). Lleva la firma de su autor ({ $who }).
prov-late = El hub del autor ({ $who }) no ha respondido desde: { $when }. Este es el texto tal como era entonces.
prov-stale = La última declaración firmada del autor ({ $who }) tiene más de un día: { $when }. Este es el texto tal como era entonces.
prov-paused = La administración de este hub ha pausado la copia del autor ({ $who }): { $when }. Este es el texto tal como era entonces.
prov-too-large = El hub del autor ({ $who }) ofrece más de lo que este hub toma: { $when }. Este es el texto tal como era entonces.
prov-unproved = Lo último que ofreció el hub del autor ({ $who }) no se prueba a sí mismo y no se tomó. Se muestra el texto probado antes.
prov-conflict = Dos declaraciones firmadas de un mismo hub ({ $who }) se contradicen. Ambas se guardan como prueba; se muestra el último texto probado.
prov-suspended = Esta membresía no está activa: { $who }. La copia se conserva, fuera de las listas.
prov-suspended-since = Esta membresía no está activa desde: { $day } ({ $who }). La copia se conserva, fuera de las listas.
prov-network = Solo para los miembros de la red: no lo transmita.
prov-verify = Compruébelo usted mismo
prov-signed = Registro firmado (JWS)
prov-history = Versiones anteriores
prov-engineers = Para ingenieros
practice-of = Una práctica de { $country }
practice-text = La práctica
practice-lessons = Lecciones aprendidas
practice-no-lessons = No se han publicado lecciones aprendidas de esta práctica ({ $country }).
practice-no-lessons-compiled = Las fuentes no dan lecciones aprendidas.
practice-own-words = Resumido y traducido por quienes lo compilaron.
practice-correct = Proponer una corrección
practice-facts = En breve
practice-mechanism = Mecanismo
practice-capacities = Capacidades
practice-un-mechanisms = Mecanismos de las Naciones Unidas
practice-goals = Objetivos de Desarrollo
practice-groups = Para quién
practice-years = Años
practice-follows = Sigue a
practice-adopted = Adoptada por
practice-adopted-none = Ningún otro mecanismo ha dicho aún que haya adoptado esta práctica.
practice-adopted-yours = ¿Y el suyo? Dígaselo a la red
practice-adopted-more = { $count ->
    [one] Y { $count } más.
   *[other] Y { $count } más.
}
practice-related = Prácticas relacionadas
practice-compare = Comparar con otra práctica
practice-compare-these = Comparar con estas
sources = Fuentes
sources-none = No se indica ninguna fuente.
sources-links = Más información
sources-to-confirm = Por confirmar: { $country }.
cite = Citar
cite-copy = Copiar
cite-copied = Copiado.
cite-print = La orden de imprimir de su navegador da una página limpia.
field-title = Título
field-summary = Resumen
field-description = Descripción
field-mandate = Mandato
field-composition = Composición
field-host = Sede institucional
field-established = Creación
history-title = Versiones anteriores
history-record = El registro
history-own = Todas las versiones que este hub ha publicado, la más reciente primero.
history-seen = Las versiones que este hub ha visto, la más reciente primero. El hub del autor las tiene todas.
history-version = Versión { $version }
history-when = Firmada: { $signed }; aquí desde: { $received }.
history-not-shown = Esta versión no se muestra: no cumple las reglas de la red.
history-first = La primera versión.
history-before-unknown = La versión anterior no se conserva aquí.
history-same = Su texto es el mismo que antes.
history-changed = { $count ->
    [one] Qué cambió: { $count } campo
   *[other] Qué cambió: { $count } campos
}
changes-removed = quitado:
changes-added = añadido:
verify-title = Compruébelo usted mismo
verify-lead = Su navegador comprueba ahora que este texto está firmado por su autor ({ $who }), con una clave inscrita en el registro de la red.
verify-steps = Qué se compara
verify-waits = Aún sin comprobar.
verify-no-script = Esta comprobación necesita un script en su navegador. Si no, hágala a mano, como se indica abajo.
verify-right = Todos los pasos coinciden. Este es el texto que firmó su autor.
verify-wrong = Un paso no coincide. No se fíe de este texto; avise a quienes administran este hub.
verify-unable = Su navegador no puede comprobar estas firmas (Ed25519), o esta página no se abrió por https. Hágalo a mano, como se indica abajo.
verify-fetched = Se obtiene el registro firmado
verify-fetched-right = Tiene la forma que prescribe la red y nombra al autor y la versión que se muestran.
verify-fetched-wrong = No tiene la forma prescrita, o nombra a otro autor u otra versión.
verify-digest = Se calcula su huella
verify-digest-right = Es la huella de la copia verificada de este hub.
verify-digest-wrong = No es la huella de la copia verificada de este hub.
verify-address = Se calcula la dirección a partir del autor y del nombre
verify-address-right = Es la dirección de esta página.
verify-address-wrong = No es la dirección de esta página.
verify-register = Se leen las claves del autor en el registro de la red, cuya firma se comprueba
verify-register-right = La inscripción está firmada por la coordinación de la red, eslabón por eslabón desde el primero.
verify-register-pinned = Este hub no tiene registro: sus responsables fijaron estas claves a mano.
verify-register-wrong = La inscripción falta o no está firmada por la coordinación de la red.
verify-key = Se busca entre ellas la clave que firmó
verify-key-right = Está inscrita para este autor. Su nombre se calculó, no se creyó.
verify-key-wrong = No está inscrita para este autor.
verify-signature = La firma se comprueba con esta clave
verify-signature-right = La firma es correcta: ninguna letra ha cambiado desde entonces.
verify-signature-wrong = La firma es incorrecta.
verify-text = El título mostrado se compara con el firmado
verify-text-right = Es el mismo.
verify-text-wrong = Es otro.
verify-by-hand = Comprobarlo a mano
verify-by-hand-how = Obtenga el registro firmado y las claves de la coordinación, o deje que su propio hub recorra todo el camino del registro a la lista firmada por su autor.
verify-elsewhere = Quien no se fíe de este hub abre el mismo registro en otro: el registro firmado es el mismo, byte a byte.
search-title = Búsqueda: { $words }
search-how = Las palabras de cualquiera de los seis idiomas encuentran prácticas, mecanismos, documentos y eventos; una frase va entre comillas.
search-kinds = Tipos de registros
search-everything = Todo
search-count = { $count ->
    [one] { $count } registro
   *[other] { $count } registros
}
search-countries = Países:
search-fewer = Pruebe con menos palabras o con las de otro idioma.
search-practice = Práctica
search-mechanism = Mecanismo
search-document = Documento
search-event = Evento
search-member = Miembro
compare = Comparar
compare-practices = { $count ->
    [one] Comparar { $count } práctica
   *[other] Comparar { $count } prácticas
}
compare-mechanisms = { $count ->
    [one] Comparar { $count } mecanismo
   *[other] Comparar { $count } mecanismos
}
compare-lead = Lado a lado, hasta cuatro. Esta dirección conserva su elección.
compare-less = No se puede mostrar todo: un registro no está aquí, o hay más de cuatro.
compare-lighter = El texto más claro marca lo que es igual para todos.
compare-differ = Mostrar solo lo que difiere
compare-all-rows = Mostrar todas las filas
compare-same = (igual para todos)
compare-scroll = Comparación, se desplaza de lado
compare-remove = Quitar
compare-fresh = Actualidad
compare-languages = Idiomas
compare-add = Añadir otra
compare-add-this = Añadir
compare-search = Buscar qué añadir
compare-list = Elegir de toda la lista
