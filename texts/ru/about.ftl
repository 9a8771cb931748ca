# Figures, and what the hub says about itself.
about-access-axe = правила axe для WCAG 2.2 уровней A и AA и хорошая практика
about-access-contrast = контраст текста и фона не менее 7 к 1 в светлой и тёмной теме
about-access-forced = цвета, заданные читателем: состояния различимы и без наших цветов
about-access-keyboard = видимый фокус на каждой остановке клавиатуры
about-access-large = вдвое более крупный шрифт: ничего не обрезано и не накладывается
about-access-lead = Эти страницы стремятся соответствовать WCAG 2.2 на уровне AA.
about-access-narrow = экраны шириной 1280 и 320 пикселей, без прокрутки вбок
about-access-not = Что ещё не проверено
about-access-not-text = Никто из тех, кто пользуется программой чтения с экрана, лупой или голосовым управлением, ещё не проверял эти страницы для нас. Документы, на которые ссылаются записи, не наши.
about-access-print = печать: тёмные слова на белом, без того, что нужно только на экране, с адресами источников
about-access-script = что без сценариев страницы говорят то же самое
about-access-structure = порядок заголовков, язык и направление текста
about-access-tell = Сообщите нам
about-access-tell-text = Если что-то вам мешает, сообщите тем, кто ведёт этот узел.
about-access-tested = Что проверяется
about-access-tested-text = Перед выпуском новой версии браузер открывает страницы и проверяет:
about-api-ask = Запросы GraphQL
about-api-ask-text = Один адрес отвечает за все записи: { $address }
about-api-documents = Документы GRAPHQL.md и DATA.md программы объясняют всё с примерами.
about-api-example = Из командной строки — самая новая практика:
about-api-files = Файлы
about-api-files-text = Каждый список можно взять с собой:
about-api-lead = То, что здесь открыто, доступно программам без ключа.
about-api-limits = Ограничения и документы
about-api-narrow = То, что стоит после адреса списка, так же сужает его файл:
about-api-portals = Для порталов данных
about-api-portals-text = Описание в DCAT для сбора: { $address }
about-api-rate = С каждого адреса — { $count } запросов за { $seconds } секунд. Каждый ответ говорит, сколько осталось.
about-api-rate-none = Этот узел не ограничивает число запросов программ.
about-api-try = Попробовать запросы на странице запросов этого узла
about-contact = Связь: { $contact }
about-contact-none = Контакт не указан.
about-feeds-calendar = Календарь
about-feeds-calendar-text = Добавьте этот адрес в свою программу календаря. Мероприятия будут обновляться.
about-feeds-lead = Программа чтения лент скажет, что здесь нового. Без учётной записи, и никто не узнает, что вы читаете.
about-feeds-list = Ленты
about-feeds-narrow = Лента по вашему выбору
about-feeds-narrow-text = Сделайте выбор в списке и поставьте то, что стоит после его адреса, после адреса ленты:
about-find-accessibility = Что проверяется и кому сообщить, если что-то мешает.
about-find-api = Запросы, файлы и описание для порталов данных.
about-find-feeds = Новое в вашей программе чтения лент и в календаре.
about-find-licence = На каких условиях можно использовать записи.
about-find-method = Откуда этот узел знает, что сказало государство, и насколько давняя его копия.
about-find-privacy = Файлы cookie, журналы и что запрашивается у других.
about-find-sources = Откуда взяты коды, названия, карта и первые записи.
about-how = Как это устроено
about-how-text = Государство ведёт собственный узел. До этого координатор сети может составлять записи о нём по открытым источникам. Узлы обмениваются подписанными записями, поэтому каждый показывает одно и то же и ни один не может изменить чужие слова.
about-lead = Национальные механизмы по осуществлению, представлению докладов и последующим действиям публикуют здесь, что они собой представляют и что у них получилось.
about-level-conflict = Под сомнением: два подписанных заявления расходятся, предложенное не доказывает само себя или ключ помечен как украденный
about-level-day = Подтверждено за последние сутки
about-level-hour = Подтверждено за последний час
about-level-older = Подтверждено раньше
about-level-own = Собственная запись этого узла
about-level-week = Подтверждено за последние семь дней
about-licence-figures = Цифры подсчитаны по записям всех узлов. Указывайте этот узел и день как источник.
about-licence-none = Этот узел не указывает лицензию своих записей. Спросите тех, кто его ведёт, прежде чем использовать их в другом месте.
about-licence-others = Записи других узлов
about-licence-others-text = Каждый узел указывает лицензию собственных записей. Копия здесь имеет лицензию своего источника.
about-licence-own = Этот узел публикует собственные записи по лицензии: { $licence }
about-licence-program = Программа
about-licence-program-text = Программа этих страниц — свободное программное обеспечение по лицензии MIT или Apache 2.0, на ваш выбор.
about-list-capacities = Виды потенциала
about-list-document-types = Типы документов
about-list-event-types = Типы мероприятий
about-list-goals = Цели в области устойчивого развития
about-list-groups = Затронутые группы
about-list-mechanism-types = Типы механизмов
about-list-regions = Региональные группы
about-list-themes = Темы
about-list-un-mechanisms = Механизмы Организации Объединённых Наций
about-method-age = Давность копии
about-method-age-text = Рядом с каждой записью стоит знак, всегда со словами:
about-method-asked = { $minutes ->
    [one] Этот узел спрашивает другие, что нового, каждую { $minutes } минуту.
    [few] Этот узел спрашивает другие, что нового, каждые { $minutes } минуты.
    [many] Этот узел спрашивает другие, что нового, каждые { $minutes } минут.
   *[other] Этот узел спрашивает другие, что нового, каждые { $minutes } минуты.
}
about-method-lead = Запись показывается как слова государства, только если этот узел может это доказать.
about-method-limits = Чего это не доказывает
about-method-limits-text = Подпись доказывает, кто и когда что-то сказал. Она не доказывает, что это верно.
about-method-register = Координатор ведёт подписанный реестр, в котором сказано, чей каждый ключ. Ключ самого координатора люди проверяют при настройке узла.
about-method-self = Проверьте сами
about-method-self-text = Каждую запись можно скачать так, как она была подписана. Кто ведёт узел, может проверить всё, что он хранит, командой { $command }.
about-method-shown = Что можно доказать, показывается. Остальное хранится отдельно, и об этом сказано на странице сети.
about-method-signed = Узел государства подписывает каждую версию записи собственным ключом.
about-method-way = От государства до этой страницы
about-method-whole = Он запрашивает и подписанное заявление обо всём собрании. Запись, пропущенная, добавленная или изменённая в пути, ему не соответствует, даже если она пришла через третий узел.
about-method-words = Чьи это слова
about-method-words-text = Запись узла государства — заявление этого государства. Составленная запись — нет: её написал узел координатора по открытым источникам и говорит об этом рядом. Государство может её исправить или принять на себя.
about-more = Подробнее
about-privacy-cookies = Файлы cookie
about-privacy-cookies-text = При чтении их нет. Всего их три:
about-privacy-departure = Только пока сотрудники входят через другую службу. Затем исчезает.
about-privacy-elsewhere = Другие сайты
about-privacy-elsewhere-text = Ни одна страница ничего не загружает извне, и ничто не считает посетителей.
about-privacy-lead = Всё здесь можно читать без учётной записи и без файлов cookie.
about-privacy-log = Что записывается в журнал
about-privacy-log-text = Журнал хранит метод, путь, ответ и длительность запроса; по умолчанию только неудачных. Никогда — ваш поиск, адрес или файл cookie. Чтобы ограничить число запросов с одного адреса, он несколько минут хранится в памяти.
about-privacy-proxy = Сервер перед этим узлом может вести собственный журнал. Спросите тех, кто ведёт этот узел.
about-privacy-session = { $hours ->
    [one] Только для сотрудников, которые входят: на { $hours } час.
    [few] Только для сотрудников, которые входят: на { $hours } часа.
    [many] Только для сотрудников, которые входят: на { $hours } часов.
   *[other] Только для сотрудников, которые входят: на { $hours } часа.
}
about-privacy-staff = Сотрудники
about-privacy-staff-text = Кто что-то здесь публикует или решает, указан в журнале аудита узла с именем, временем и сетевым адресом. Администраторы могут его читать.
about-privacy-theme = Только если вы выбрали светлую или тёмную тему: хранит это год.
about-sources = Источники
about-sources-codes = Коды
about-sources-first = Первые записи
about-sources-first-text = Они составлены по открытым документам Организации Объединённых Наций и государств. Каждая указывает свои источники. Ни одна не является заявлением государства.
about-sources-lead = Каждая запись указывает свои источники. Здесь — источники того, что общее для всех записей.
about-sources-list = Список
about-sources-lists = Списки кодов
about-sources-map = Карта
about-sources-map-text = Суша — по Natural Earth, без внутренних границ. Знак стоит в месте нахождения механизма, а не на территории. Это не означает какого-либо мнения о правовом статусе страны, территории или района.
about-sources-names = Названия стран
about-sources-names-text = Они взяты из Unicode CLDR, с краткими названиями Организации Объединённых Наций там, где они отличаются, на шести языках.
about-version = Версия программы: { $version }
about-who = Кто его ведёт
about-who-runs = Этот узел ведёт: { $name }.
charts-all = Всего
charts-bar = Столбец
charts-darker = { $title }; чем темнее, тем больше
charts-in-year = { $count } в { $year } году
charts-scrolls = { $title }, прокручивается вбок
charts-table = Показать таблицу
charts-years = Первая — в { $first } году, больше всего — в { $year } году ({ $count }); год не указан: { $missing }. Далее — таблица.
figures-all-capacities = Все виды потенциала
figures-all-regions = Все регионы
figures-all-sources = Все
figures-all-themes = Все темы
figures-capacity = Потенциал
figures-chips = Выбрано
figures-chosen = { $name }: { $value }
figures-clear = Очистить всё
figures-counted = { $kind }: { $count }
figures-embed = Встроить
figures-embed-how = Скопируйте это на свою страницу. Данные подсчитываются заново при каждом чтении.
figures-embed-see = Посмотреть отдельно
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
figures-title-practices-by-capacity = Практики по видам потенциала
figures-title-practices-by-capacity-and-region = Виды потенциала по регионам
figures-title-practices-by-goal = Практики по целям в области устойчивого развития
figures-title-practices-by-group = Практики по затронутым группам
figures-title-practices-by-language = Практики по языкам
figures-title-practices-by-region = Практики по регионам
figures-title-practices-by-source = Сообщено государством или составлено
figures-title-practices-by-theme = Практики по темам
figures-title-practices-by-theme-and-region = Тема и регион
figures-title-practices-by-year = С какого года
figures-twice = Запись с двумя такими значениями считается в обоих.
figures-type = Тип
figures-what = Эти цифры считают то, что опубликовано здесь, а не то, что существует. Они не ранжируют государства.
figures-words = «{ $words }»
figures-year = Год
