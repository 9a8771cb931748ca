# Home, mechanisms, countries, the network, documents and events.
date-between = { $from } — { $to }
date-until = До { $to }
date-not-stated = Дата не указана
home-title = Как другие государства выполняют рекомендации по правам человека
home-lead = Перспективные практики национальных механизмов словами самих государств. Ищите сразу по всем и смотрите, кто что сказал и насколько свежа копия.
home-try = Попробуйте:
home-try-one = гражданское общество
home-try-two = парламент
home-try-three = база данных
home-try-four = обучение
home-figures = В цифрах
home-practices-of = { $states ->
    [one] перспективные практики { $states } государства
    [few] перспективные практики { $states } государств
    [many] перспективные практики { $states } государств
   *[other] перспективные практики { $states } государства
}
home-mechanisms = описанные механизмы
home-documents = резолюции, доклады и руководства
home-members = члены сети, внесённые в список
home-newest = Новые практики
home-no-practice = Здесь ещё не опубликовано ни одной практики.
home-all-practices = Все практики ({ $count })
home-events = Ближайшие мероприятия
home-no-event = Предстоящих мероприятий не опубликовано.
home-latest-event = Последнее из записанных:
events-calendar = Подписаться на календарь
map-title = Откуда записи
map-hub = Есть свой узел: полоска показывает, насколько свежа наша копия
map-record = Записи, составленные по открытым источникам
map-notice = На карте показаны места пребывания механизмов, а не территории, и не проведены границы. Карта не выражает какого-либо мнения о правовом статусе страны, территории или района. Проекция Equal Earth; суша — Natural Earth, места — GeoNames.
map-list = То же списком
map-no-region = Вне региональных групп
mechanism-since = Создан в { $year } году
event-mode-in-person = Очно
event-mode-online = Онлайн
event-mode-hybrid = Очно и онлайн
event-place-between = ,{" "}
record-published-by = Опубликовано: { $who }
record-wrong = Заметили ошибку? Изменить эту запись может только её автор: { $who }.
mechanism-glance = Кратко
mechanism-type = Тип
mechanism-standing = Постоянный или специальный
mechanism-standing-yes = Постоянный
mechanism-standing-no = Специальный
mechanism-established = Год создания
mechanism-host = Принимающее учреждение
mechanism-website = Сайт
mechanism-contact = Контакт
mechanism-region = Регион
mechanism-capacities = Потенциал
mechanism-capacities-shown = как видно из опубликованных практик
mechanism-mandate = Мандат
mechanism-composition = Состав
country-description = Что здесь известно о стране: { $country }. Механизм, практики, место в сети.
country-mechanism = Механизм
country-no-mechanism = Механизм здесь ещё не описан.
country-no-mechanism-why = Это не значит, что его нет. Государство может описать его на своём узле или сообщить координатору сети.
country-no-practice = Здесь ещё не опубликовано ни одной практики.
country-all-practices = Все практики этой страны
country-documents = Документы об этой стране
country-events = Мероприятия, прошедшие в стране
member-in-network = В сети
member-none = Не значится среди членов сети.
member-since = с { $day }
member-sources = Источники о членстве
member-friends = Входит в Группу друзей по вопросам осуществления, отчётности и последующих действий на национальном уровне.
member-friends-note = На чём основан этот список
member-hub = Есть свой узел.
member-hub-confirmed = Копия подтверждена: { $when }.
member-hub-all = Состояние всех узлов
member-no-hub = Своего узла пока нет.
member-no-hub-why = То, что здесь сказано об этой стране, составлено координатором сети по открытым источникам.
net-title = Сеть сегодня
net-description = Какие есть узлы, насколько свежа копия каждого и кто состоит в сети.
net-late-one = { $who }: последняя связь — { $when }; записи можно читать в том виде, в каком они были тогда.
net-late-several = { $count ->
    [one] С { $count } узлом не было связи более суток; его записи можно читать в том виде, в каком они были тогда.
    [few] С { $count } узлами не было связи более суток; их записи можно читать в том виде, в каком они были тогда.
    [many] С { $count } узлами не было связи более суток; их записи можно читать в том виде, в каком они были тогда.
   *[other] С { $count } узла не было связи более суток; их записи можно читать в том виде, в каком они были тогда.
}
net-hubs = Узлы
net-caption = Каждый узел простыми словами
net-hub = Узел
net-confirmed = Наша копия подтверждена
net-meaning = Что это значит
net-records = Записей
net-coordinator = Координатор сети
net-this-hub = Этот узел
net-not-yet = Ещё нет
net-state-own = Это узел, который вы читаете.
net-state-coordinator = Он хранит также записи, составленные о государствах, у которых ещё нет узла.
net-state-current = Отвечает. Наша копия полна.
net-state-via = Прямой связи нет: читается через другой узел ({ $hub }). Каждая запись несёт подпись своего автора.
net-state-failing = С тех пор не отвечает: { $when }. Его записи можно читать в прежнем виде; этот узел продолжает попытки.
net-state-stale = Последнему подписанному заявлению больше суток: { $when }. Записи можно читать в прежнем виде.
net-state-never = С него пока ничего не скопировано. Этот узел продолжает попытки.
net-state-conflict = Два подписанных заявления расходятся. Ничего нового не принимается, пока не решит человек.
net-state-diverged = Предложенное не доказывает само себя и не принято. Прежнюю копию можно читать.
net-state-too-large = Предложено больше, чем принимает этот узел. Прежнюю копию можно читать.
net-state-suspended = Его членство не действует. Записи хранятся и не показываются в списках.
net-state-paused = Администрация этого узла приостановила копирование. Записи можно читать в прежнем виде.
net-state-blocked = Администрация этого узла заблокировала его. Его записи не показываются.
net-level-own = своё у этого узла
net-level-hour = в пределах часа
net-level-day = в пределах суток
net-level-week = в пределах семи дней
net-level-older = старше или никогда
net-level-conflict = два подписанных заявления расходятся
net-engineers = Для инженеров: адреса, контрольные точки, ошибки
net-json = Эта таблица в JSON
net-members-csv = Члены сети в CSV
net-feed = Следить за изменениями состава
net-members = Члены сети
net-as-of = Члены сети в этот день
net-as-of-help = Год, месяц и день, например 2024-05-09. Пусто: сегодня.
net-as-of-wrong = Это не дата. Напишите так: 2024-05-09.
net-as-of-show = Показать
net-members-on = { $count ->
    [one] { $count } член сети в списке на { $day }
    [few] { $count } члена сети в списке на { $day }
    [many] { $count } членов сети в списке на { $day }
   *[other] { $count } члена сети в списке на { $day }
}
net-described = { $states ->
    [one] Здесь описаны механизмы { $states } государства. Описание механизма ещё не делает государство членом сети.
    [few] Здесь описаны механизмы { $states } государств. Описание механизма ещё не делает государство членом сети.
    [many] Здесь описаны механизмы { $states } государств. Описание механизма ещё не делает государство членом сети.
   *[other] Здесь описаны механизмы { $states } государства. Описание механизма ещё не делает государство членом сети.
}
net-course = Состав сети во времени
net-course-none = Членства с датой здесь не известны.
net-course-told = Действующие члены сети: { $first } на { $begin }, { $last } на { $end }
net-course-table = Показать таблицу
net-course-changes = Первые дни месяцев, когда число изменилось
net-course-month = Дата
net-course-active = Действуют
net-course-suspended = Приостановлены
net-past = Как она сложилась
net-past-none = Прошедших мероприятий не опубликовано.
document-facts = Об этом документе
document-type = Тип
document-symbol = Условное обозначение
document-issued-by = Кем издан
document-date = Дата
document-country = О стране
document-editions = Прочитать
document-read-in = Прочитать: { $language }
document-exists-in = Существует на языках: { $languages }; адрес не указан.
document-no-edition = Издание не указано. К нему могут привести источники ниже.
document-related = На ту же тему
document-all-on = Все документы на тему: { $theme }
event-facts = Когда и где
event-when = Когда
event-ahead = (предстоит)
event-type = Тип
event-where = Место
event-venue = Здание или зал
event-mode = Участие
event-organizers = Организаторы
event-registration = Регистрация
event-recordings = Записи выступлений
mechanisms-lead = Национальные механизмы осуществления, отчётности и последующих действий: каждый так, как его описывает государство или открытые источники.
documents-lead = Резолюции, доклады, руководства и другие тексты по теме со ссылками на каждый язык, на котором они существуют.
events-lead = Семинары, дискуссии и учебные занятия: предстоящие и прошедшие.
events-next = Предстоящие
events-webcal = Добавьте его в свою программу-календарь; дальше он обновляется сам.
events-webcal-open = Открыть в программе-календаре
events-ics = Файл календаря (ICS)
record-compiled = Составлено по открытым источникам: это не заявление этого государства; оно может исправить запись или взять её на себя ({ $country }).
