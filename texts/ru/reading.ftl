# Списки, практики, сравнение и поиск.
practices-lead = Что делают национальные механизмы и что у них получилось.
list-results = Результаты
list-filter = Фильтр
list-filter-chosen = { $count ->
    [one] (выбрано: { $count })
    [few] (выбрано: { $count })
    [many] (выбрано: { $count })
   *[other] (выбрано: { $count })
}
list-show = Показать результаты
list-more = { $count ->
    [one] ещё { $count }
    [few] ещё { $count }
    [many] ещё { $count }
   *[other] ещё { $count }
}
list-any = Любые
list-years = Годы
list-years-hint = Четыре цифры, например 2015.
list-days = Даты
list-days-hint = Год, месяц или день, например 2026, 2026-11 или 2026-11-24.
list-sort = Сортировать
list-sort-do = Сортировать
list-sort-relevance = По соответствию
list-sort-newest = Сначала новые
list-sort-country = По стране
list-sort-latest-year = Сначала поздние годы
list-sort-earliest-year = Сначала ранние годы
list-sort-latest-date = Сначала поздние даты
list-sort-earliest-date = Сначала ранние даты
list-sort-symbol = По условному обозначению
list-sort-other = Как указано в адресе
list-practices = { $count ->
    [one] { $count } практика
    [few] { $count } практики
    [many] { $count } практик
   *[other] { $count } практики
}
list-mechanisms = { $count ->
    [one] { $count } механизм
    [few] { $count } механизма
    [many] { $count } механизмов
   *[other] { $count } механизма
}
list-documents = { $count ->
    [one] { $count } документ
    [few] { $count } документа
    [many] { $count } документов
   *[other] { $count } документа
}
list-events = { $count ->
    [one] { $count } мероприятие
    [few] { $count } мероприятия
    [many] { $count } мероприятий
   *[other] { $count } мероприятия
}
list-members = { $count ->
    [one] { $count } участник
    [few] { $count } участника
    [many] { $count } участников
   *[other] { $count } участника
}
list-for = { $found } по запросу «{ $words }»
list-chosen = Выбрано
list-remove = убрать:
list-clear = Сбросить всё
list-chip = { $name }: { $value }
list-page = Страница { $page } из { $pages }
list-previous = Предыдущая страница
list-next = Следующая страница
list-address = Этот адрес хранит ваш поиск: скопируйте его, чтобы поделиться.
list-feed = Следить по ленте
list-download = Скачать:
list-nothing = Ничего не найдено.
list-nothing-for = По запросу «{ $words }» ничего не найдено.
list-nothing-with = Выбрано:
list-without = Искать без «{ $name }»
list-without-words = Искать без этих слов
list-search-all = Искать «{ $words }» во всех записях
list-nothing-feed = Следить за этим поиском и узнать, когда что-то опубликуют
list-name-words = Слова
list-name-theme = Тема
list-name-capacity = Функция
list-name-region = Регион
list-name-country = Страна
list-name-mechanism-type = Тип механизма
list-name-type = Тип
list-name-un-mechanism = Механизм Организации Объединённых Наций
list-name-goal = Цель в области устойчивого развития
list-name-group = Для кого
list-name-language = Доступно на языке
list-name-from = С
list-name-to = По
list-name-origin = Узел
list-name-compiled = Кто это сообщает
list-name-standing = Постоянство
list-name-mode = Формат участия
list-name-symbol = Условное обозначение
list-name-role = Роль
list-name-status = Статус
list-name-as-of = По состоянию на
list-name-audience = Читатели
list-name-updated-since = Изменено после
list-name-suspended = Недействующие участники
list-name-page = Страница
list-value-standing = Постоянный
list-value-ad-hoc = Временный
list-value-yes = Да
list-value-no = Нет
list-value-public = Все
list-value-network = Только сеть
