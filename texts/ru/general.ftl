# What is said of any change.
not-found = Здесь этого нет, или у вас нет права это видеть.
foreign = Эта запись принадлежит другому узлу ({ $origin }); изменить её может только он.
role-needed = Для этого нужна роль { $role }; обратитесь к администратору этого узла.
sign-in-first = Сначала войдите в систему или отправьте токен в Authorization: Bearer.
conflict = Кто-то другой тем временем внёс изменения. Посмотрите, что отличается, и сохраните снова.
wrong-state = Сейчас это невозможно: { $state }.
required = Эти сведения отсутствуют.
invalid = Неверная форма: { $why }.
too-long = Слишком длинно: { $why }.
role-reader = читатель
role-contributor = автор
role-editor = редактор
role-administrator = администратор
role-coordinator = координатор
