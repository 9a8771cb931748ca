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
list-name-capacity = Потенциал
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
speak-original = Вы читаете оригинал. Язык: { $language }.
speak-translation = Вы читаете перевод. Язык: { $language }.
speak-plain = Вы читаете текст. Язык: { $language }.
speak-lacks = Не опубликовано на этом языке: { $wanted }.
speak-read-original = Читать оригинал. Язык: { $language }
prov-heading = Кто это сообщает и насколько это свежо
prov-coordinator = координатор сети
prov-published = Автор: { $who }. Опубликовано { $day }, версия { $version }.
prov-compiled = Составлено по открытым источникам { $day }, версия { $version }. Автор: { $who }.
prov-no-statement = Это не заявление государства ({ $country }), у которого пока нет узла. Оно может исправить эту запись или взять её на себя.
prov-no-statement-hub = Это не заявление государства ({ $country }). Оно может исправить эту запись или взять её на себя.
prov-own = Это сама запись, а не копия: этот узел принадлежит её автору.
prov-equal = Эта копия в последний раз подтверждена как совпадающая с оригиналом ({ $who }): { $when }.
prov-via = Совпадение этой копии подтверждено: { $when }, она прочитана через другой узел ({ $through }). На ней подпись самого автора ({ $who }).
prov-late = Узел автора ({ $who }) не отвечает с: { $when }. Это текст, каким он был тогда.
prov-stale = Последнему подписанному заявлению автора ({ $who }) больше суток: { $when }. Это текст, каким он был тогда.
prov-paused = Администрация этого узла приостановила копирование записей автора ({ $who }): { $when }. Это текст, каким он был тогда.
prov-too-large = Узел автора ({ $who }) предлагает больше, чем принимает этот узел: { $when }. Это текст, каким он был тогда.
prov-unproved = То, что узел автора ({ $who }) предложил в последний раз, не доказывает само себя и не принято. Показан текст, подтверждённый ранее.
prov-conflict = Два подписанных заявления одного узла ({ $who }) противоречат друг другу. Оба хранятся как доказательство; показан последний подтверждённый текст.
prov-suspended = Это членство не действует: { $who }. Копия хранится, но не показывается в списках.
prov-suspended-since = Это членство не действует с: { $day } ({ $who }). Копия хранится, но не показывается в списках.
prov-network = Только для участников сети: не передавайте дальше.
prov-verify = Проверьте сами
prov-signed = Подписанная запись (JWS)
prov-history = Прежние версии
prov-engineers = Для инженеров
practice-of = Практика: { $country }
practice-text = Практика
practice-lessons = Извлечённые уроки
practice-no-lessons = Извлечённые уроки этой практики ({ $country }) не опубликованы.
practice-no-lessons-compiled = В источниках нет извлечённых уроков.
practice-own-words = Изложено и переведено составителями.
practice-correct = Предложить исправление
practice-facts = Коротко
practice-mechanism = Механизм
practice-capacities = Потенциал
practice-un-mechanisms = Механизмы ООН
practice-goals = Цели развития
practice-groups = Для кого
practice-years = Годы
practice-follows = По примеру
practice-adopted = Кто перенял
practice-adopted-none = Ни один другой механизм пока не сообщил, что перенял эту практику.
practice-adopted-yours = А ваш? Сообщите сети
practice-adopted-more = { $count ->
    [one] И ещё { $count }.
    [few] И ещё { $count }.
    [many] И ещё { $count }.
   *[other] И ещё { $count }.
}
practice-related = Похожие практики
practice-compare = Сравнить с другой практикой
practice-compare-these = Сравнить с этими
sources = Источники
sources-none = Источник не указан.
sources-links = Дополнительно
sources-to-confirm = Требует подтверждения: { $country }.
cite = Ссылка
cite-copy = Скопировать
cite-copied = Скопировано.
cite-print = Команда печати браузера даёт чистую страницу.
field-title = Название
field-summary = Краткое изложение
field-description = Описание
field-mandate = Мандат
field-composition = Состав
field-host = При каком органе
field-established = Год создания
history-title = Прежние версии
history-record = Запись
history-own = Все версии, опубликованные этим узлом, начиная с новейшей.
history-seen = Версии, которые видел этот узел, начиная с новейшей. На узле автора есть все.
history-version = Версия { $version }
history-when = Подписана: { $signed }; здесь с: { $received }.
history-not-shown = Эта версия не показана: она не соответствует правилам сети.
history-first = Первая версия.
history-before-unknown = Предыдущая версия здесь не хранится.
history-same = Текст прежний.
history-changed = { $count ->
    [one] Что изменилось: { $count } поле
    [few] Что изменилось: { $count } поля
    [many] Что изменилось: { $count } полей
   *[other] Что изменилось: { $count } поля
}
changes-removed = удалено:
changes-added = добавлено:
verify-title = Проверьте сами
verify-lead = Ваш браузер сейчас проверяет, что этот текст подписан его автором ({ $who }) ключом, который указан в реестре сети.
verify-steps = Что сравнивается
verify-waits = Ещё не проверено.
verify-no-script = Для этой проверки нужен скрипт в браузере. Без него проверьте вручную, как указано ниже.
verify-right = Все шаги совпали. Это текст, который подписал его автор.
verify-wrong = Один шаг не совпал. Не полагайтесь на этот текст и сообщите тем, кто ведёт этот узел.
verify-unable = Ваш браузер не умеет проверять такие подписи (Ed25519), или страница открыта не по https. Проверьте вручную, как указано ниже.
verify-fetched = Получена подписанная запись
verify-fetched-right = Она имеет предписанную сетью форму и называет автора и версию, показанные на странице.
verify-fetched-wrong = Форма не та, что предписана, или названы другой автор либо другая версия.
verify-digest = Вычислен её отпечаток
verify-digest-right = Это отпечаток проверенной копии этого узла.
verify-digest-wrong = Это не отпечаток проверенной копии этого узла.
verify-address = Адрес записи вычислен по автору и имени
verify-address-right = Это адрес этой страницы.
verify-address-wrong = Это не адрес этой страницы.
verify-register = Ключи автора прочитаны в реестре, подпись которого проверена
verify-register-right = Запись реестра подписана координатором сети, звено за звеном с первого.
verify-register-pinned = У этого узла нет реестра: эти ключи закрепили вручную те, кто его ведёт.
verify-register-wrong = Записи в реестре нет, или она не подписана координатором сети.
verify-key = Среди них найден ключ, которым подписана запись
verify-key-right = Он указан для этого автора. Его имя вычислено, а не принято на веру.
verify-key-wrong = Он не указан для этого автора.
verify-signature = Подпись проверена этим ключом
verify-signature-right = Подпись верна: с тех пор не изменилась ни одна буква.
verify-signature-wrong = Подпись неверна.
verify-text = Показанное название сравнено с подписанным
verify-text-right = Оно то же.
verify-text-wrong = Оно другое.
verify-by-hand = Проверить вручную
verify-by-hand-how = Получите подписанную запись и ключи координатора или поручите своему узлу пройти весь путь от записи до списка, подписанного её автором.
verify-elsewhere = Кто не доверяет этому узлу, открывает ту же запись на другом: подписанная запись совпадает байт в байт.
search-title = Поиск: { $words }
search-how = Слова любого из шести языков находят практики, механизмы, документы и мероприятия; фраза берётся в кавычки.
search-kinds = Виды записей
search-everything = Всё
search-count = { $count ->
    [one] { $count } запись
    [few] { $count } записи
    [many] { $count } записей
   *[other] { $count } записи
}
search-countries = Страны:
search-fewer = Попробуйте меньше слов или слова другого языка.
search-practice = Практика
search-mechanism = Механизм
search-document = Документ
search-event = Мероприятие
search-member = Участник
compare = Сравнение
compare-practices = { $count ->
    [one] Сравнение: { $count } практика
    [few] Сравнение: { $count } практики
    [many] Сравнение: { $count } практик
   *[other] Сравнение: { $count } практики
}
compare-mechanisms = { $count ->
    [one] Сравнение: { $count } механизм
    [few] Сравнение: { $count } механизма
    [many] Сравнение: { $count } механизмов
   *[other] Сравнение: { $count } механизма
}
compare-lead = Рядом, до четырёх. Этот адрес хранит ваш выбор.
compare-less = Показать удаётся не всё: какой-то записи здесь нет или их больше четырёх.
compare-lighter = Более светлым отмечено то, что одинаково у всех.
compare-differ = Показать только различия
compare-all-rows = Показать все строки
compare-same = (одинаково у всех)
compare-scroll = Сравнение, прокручивается вбок
compare-remove = Убрать
compare-fresh = Свежесть
compare-languages = Языки
compare-add = Добавить ещё
compare-add-this = Добавить
compare-search = Найти, что добавить
compare-list = Выбрать из всего списка
