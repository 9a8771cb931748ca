# Feeds and calendars: what stands over them and beside their entries.
feed-mechanisms = Механизмы
feed-practices = Практики
feed-documents = Документы
feed-events = Мероприятия
feed-members = Участники
calendar-registration = Регистрация: { $address }
calendar-source = Источник: { $source }
calendar-day-open = Точная дата ещё не определена.
catalogue-description = То, что национальные механизмы по осуществлению, представлению докладов и последующим мерам публикуют о себе и своей работе: слова каждого государства в виде проверенных копий.
catalogue-dataset = { $kind } в том виде, в каком их хранит { $hub }: каждая запись с её источником, версией и ссылками.
