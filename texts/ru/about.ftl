# Figures, and what the hub says about itself.
charts-all = Всего
charts-bar = Столбец
charts-darker = { $title }; чем темнее, тем больше
charts-in-year = { $count } в { $year } году
charts-scrolls = { $title }, прокручивается вбок
charts-table = Показать таблицу
charts-years = Первая — в { $first } году, больше всего — в { $year } году ({ $count }); год не указан: { $missing }. Далее — таблица.
figures-all-capacities = Все функции
figures-all-regions = Все регионы
figures-all-sources = Все
figures-all-themes = Все темы
figures-capacity = Функция
figures-chips = Выбрано
figures-chosen = { $name }: { $value }
figures-clear = Очистить всё
figures-counted = { $kind }: { $count }
figures-country = Страна
figures-embed = Встроить
figures-embed-how = Скопируйте это на свою страницу. Данные подсчитываются заново при каждом чтении.
figures-embed-see = Посмотреть отдельно
figures-from = С
figures-from-hub = Источник: { $hub }, подсчитано { $moment }.
figures-goal = Цель в области устойчивого развития
figures-group = Затронутая группа
figures-kept = Этот адрес сохраняет ваш выбор.
figures-language = Язык
figures-lead = { $practices } из { $states }, подсчитано по опубликованному здесь, { $moment }.
figures-more = { $count ->
    [one] Ещё { $count } значение есть в файле CSV.
    [few] Ещё { $count } значения есть в файле CSV.
    [many] Ещё { $count } значений есть в файле CSV.
   *[other] Ещё { $count } значения есть в файле CSV.
}
figures-nothing = При таком выборе считать нечего.
figures-origin = Узел
figures-practices = { $count ->
    [one] { $count } практика
    [few] { $count } практики
    [many] { $count } практик
   *[other] { $count } практики
}
figures-region = Регион
figures-remove = убрать:
figures-shared = Данные о механизмах и документах следуют только выбору региона, страны, узла и источника.
figures-show = Показать
figures-source = Источник
figures-states = { $count ->
    [one] { $count } государства
    [few] { $count } государств
    [many] { $count } государств
   *[other] { $count } государства
}
figures-theme = Тема
figures-title-documents-by-type = Документы по типам
figures-title-mechanisms-by-type-and-region = Механизмы по типам и регионам
figures-title-practices-by-capacity = Практики по функциям
figures-title-practices-by-capacity-and-region = Функции по регионам
figures-title-practices-by-goal = Практики по целям в области устойчивого развития
figures-title-practices-by-group = Практики по затронутым группам
figures-title-practices-by-language = Практики по языкам
figures-title-practices-by-region = Практики по регионам
figures-title-practices-by-source = Сообщено государством или составлено
figures-title-practices-by-theme = Практики по темам
figures-title-practices-by-theme-and-region = Тема и регион
figures-title-practices-by-year = С какого года
figures-to = По
figures-twice = Запись с двумя такими значениями считается в обоих.
figures-type = Тип
figures-un-mechanism = Механизм Организации Объединённых Наций
figures-what = Эти цифры считают то, что опубликовано здесь, а не то, что существует. Они не ранжируют государства.
figures-words = «{ $words }»
figures-year = Год
